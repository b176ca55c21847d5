"""``parse``: whatever holds one page → ``Article``."""
