"""Full-text search kept by the database: FTS5 in SQLite, a GIN index in PostgreSQL.

Both index two forms of a text, with and without marks (``folded``), because FTS5 folds no ``đ``.
The index is made by the first search and brought up to date by each: loading is not slowed by it.
PostgreSQL's GIN indexes are built when the first texts are in, which is several times as quick.
In SQLite an article that changed is indexed anew under a new number, and no number is given twice:
those that ``search_article`` no longer knows are passed over (FTS5 without a copy of the texts
cannot delete).
"""

# ruff: noqa: S608  # only parameters come from outside
from __future__ import annotations

from newsextract.connection import Connection
from newsextract.folded import Query, exact, folded, unmarked, words
from newsextract.model import Article
from newsextract.sessions import Session
from newsextract.storing import Found, located, searched

BACKENDS = ("sqlite", "postgresql")
_CHUNK = 1000
_MOST_WORDS = 50_000  # of one article; PostgreSQL's tsvector ends at 1 MB

_SQLITE = """
CREATE TABLE IF NOT EXISTS search_article (docid INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id VARCHAR(32) NOT NULL UNIQUE, text_hash VARCHAR(32) NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(exact, folded, content = '',
    tokenize = 'unicode61 remove_diacritics 0')
"""
_POSTGRESQL = """
CREATE TABLE IF NOT EXISTS search_article (article_id VARCHAR(32) PRIMARY KEY,
    text_hash VARCHAR(32) NOT NULL, exact tsvector NOT NULL, folded tsvector NOT NULL)
"""
_GIN = """
CREATE INDEX IF NOT EXISTS search_exact ON search_article USING gin (exact);
CREATE INDEX IF NOT EXISTS search_folded ON search_article USING gin (folded)
"""


def search(connection: Connection, typed: str, limit: int) -> list[str]:
    """The ids of the articles with the words of ``typed``, best first."""
    query = Query(typed)
    if not query.phrases:
        return []
    update(connection)
    find = _find_sqlite if connection.backend == "sqlite" else _find_postgresql
    with connection.reading() as session:
        return find(session, query, limit)


def excerpt(article: Article, typed: str) -> Found:
    """The article with the words around the place found."""
    hit = located(article, Query(typed))
    about = (article.id, article.title, article.url, article.published)
    return hit[1] if hit else Found(*about, searched(article)[:160].replace("\n", " "))


def update(connection: Connection) -> None:
    """Index the articles that are new or changed; nothing is written when none are."""
    missing = (
        "SELECT a.id FROM article a LEFT JOIN search_article s ON s.article_id = a.id"
        " WHERE s.article_id IS NULL OR s.text_hash <> a.text_hash"
    )
    made = _made(connection)
    if not made:
        statements = _SQLITE if connection.backend == "sqlite" else _POSTGRESQL
        connection.create(iter(statements.split(";")))
    with connection.reading() as session:
        ids = [row[0] for row in session.run(missing)]
    index = _index_sqlite if connection.backend == "sqlite" else _index_postgresql
    for at in range(0, len(ids), _CHUNK):
        with connection.writing() as session:
            index(session, ids[at : at + _CHUNK])
    if not made and connection.backend == "postgresql":
        connection.create(iter(_GIN.split(";")))


def _made(connection: Connection) -> bool:
    with connection.reading() as session:
        if connection.backend == "sqlite":
            sql = "SELECT 1 FROM sqlite_master WHERE name = 'search_index'"
        else:
            sql = "SELECT 1 WHERE to_regclass('search_folded') IS NOT NULL"
        return bool(session.run(sql))


def _rows(session: Session, ids: list[str]) -> list[tuple[str, str, str, str]]:
    """Id, hash and words with and without marks of articles, whose entries are taken away."""
    sql = "SELECT id, text_hash, text, title FROM article WHERE id IN :ids"
    rows = session.run(sql, ids=ids)
    session.run("DELETE FROM search_article WHERE article_id IN :ids", ids=ids)
    texts = [row[2] or row[3] or "" for row in rows]  # as ``storing.searched``
    terms = [" ".join(words(exact(text))[:_MOST_WORDS]) for text in texts]
    return [(row[0], row[1], term, unmarked(term)) for row, term in zip(rows, terms, strict=True)]


def _index_sqlite(session: Session, ids: list[str]) -> None:
    rows = _rows(session, ids)
    session.insert("search_article", ("article_id", "text_hash"), [row[:2] for row in rows])
    sql = "SELECT article_id, docid FROM search_article WHERE article_id IN :ids"
    number = dict(session.run(sql, ids=ids))
    texts = [(number[row[0]], *row[2:]) for row in rows]
    session.insert("search_index", ("rowid", "exact", "folded"), texts)


def _index_postgresql(session: Session, ids: list[str]) -> None:
    columns = ("article_id", "text_hash", "exact", "folded")
    declared = ", ".join(f"{column} text" for column in columns)
    session.run(f"CREATE TEMP TABLE search_text ({declared}) ON COMMIT DROP")
    session.insert("search_text", columns, _rows(session, ids))
    vectors = "to_tsvector('simple', exact), to_tsvector('simple', folded)"
    session.run(
        f"INSERT INTO search_article SELECT article_id, text_hash, {vectors} FROM search_text"
    )


def _find_sqlite(session: Session, query: Query, limit: int) -> list[str]:
    terms = [_column(m) + ' : "' + " ".join(phrase) + '"' for phrase, m in query.phrases]
    match = " AND ".join(terms)
    if " " in query.together:
        form = query.together if query.marked else folded(query.together)
        match = f'({match}) AND ({_column(query.marked)} : "{form}") OR ({match})'
    sql = (
        "SELECT s.article_id FROM search_index"
        " JOIN search_article s ON s.docid = search_index.rowid"
        " JOIN article a ON a.id = s.article_id AND a.text_hash = s.text_hash"
        " WHERE search_index MATCH :match ORDER BY search_index.rank, s.article_id LIMIT :limit"
    )
    return [row[0] for row in session.run(sql, match=match, limit=limit)]


def _column(marked: bool) -> str:
    return "exact" if marked else "folded"


def _find_postgresql(session: Session, query: Query, limit: int) -> list[str]:
    params: dict[str, str | int] = {"limit": limit}
    wheres = []
    for i, (phrase, marked) in enumerate(query.phrases):
        params[f"p{i}"] = " ".join(phrase)
        wheres.append(f"s.{_column(marked)} @@ phraseto_tsquery('simple', :p{i})")
    params["whole"] = query.together if query.marked else folded(query.together)
    column = f"s.{_column(query.marked)}"
    sql = (
        "SELECT s.article_id FROM search_article s JOIN article a ON a.id = s.article_id"
        f" AND a.text_hash = s.text_hash WHERE {' AND '.join(wheres)}"
        f" ORDER BY {column} @@ phraseto_tsquery('simple', :whole) DESC,"
        f" ts_rank({column}, plainto_tsquery('simple', :whole)) DESC, s.article_id LIMIT :limit"
    )
    return [row[0] for row in session.run(sql, **params)]
