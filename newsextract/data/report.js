"use strict";
(async () => {
  const $ = (id) => document.getElementById(id);
  const started = performance.now();
  const raw = Uint8Array.from(atob($("data").textContent), (c) => c.charCodeAt(0));
  const plain = new Response(new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip")));
  const data = await plain.json();
  $("data").remove();
  const { kinds, sites, rules, articles, sentences, facts } = data;
  const PAGE = 100;
  const [KIND, SENTENCE, START, END, VALUE, RULE, DETAIL] = [0, 1, 2, 3, 4, 5, 6];

  // đ is a letter of its own in Unicode and has no mark to take off.
  const fold = (s) => s.toLowerCase().normalize("NFD").replace(/\p{M}+/gu, "").replaceAll("đ", "d");
  const folded = new Array(sentences.length);
  const haystack = (i) =>
    (folded[i] ??= fold(sentences[i][1] + "\n" + articles[sentences[i][0]][0]));
  const articleOf = (f) => articles[sentences[f[SENTENCE]][0]];

  const make = (tag, props = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [k, v] of Object.entries(props)) {
      if (k === "class") node.className = v;
      else if (k.startsWith("on")) node.addEventListener(k.slice(2), v);
      else node.setAttribute(k, v);
    }
    node.append(...children);
    return node;
  };
  const draw = (tag, props = {}, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [k, v] of Object.entries(props)) node.setAttribute(k, v);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const count = (n) => n.toLocaleString("en");
  const link = (article) =>
    /^https?:\/\//.test(article[1])
      ? make("a", { href: article[1], rel: "noopener noreferrer", target: "_blank" }, article[0])
      : document.createTextNode(article[0]);

  const sentenceOf = (f) => {
    const text = sentences[f[SENTENCE]][1];
    const kind = kinds[f[KIND]];
    const mark = make("mark", { class: kind, "data-kind": kind }, text.slice(f[START], f[END]));
    return make("span", {}, text.slice(0, f[START]), mark, text.slice(f[END]));
  };
  const whereOf = (f) => {
    const article = articleOf(f);
    const [site, province] = sites[article[2]];
    const about = [article[3], site, province].filter(Boolean).join(" · ");
    return make("div", { class: "where" }, link(article), ` — ${about} · rule ${rules[f[RULE]]}`);
  };
  const factRow = (f) => {
    const kind = kinds[f[KIND]];
    return make("div", { class: "fact" },
      make("span", {}, make("mark", { class: kind }, kind)),
      make("span", { class: "value" }, f[VALUE]),
      make("div", {}, sentenceOf(f), whereOf(f)));
  };
  const paged = (out, rows, render) => {
    out.replaceChildren();
    let at = 0;
    const more = make("button", { type: "button", class: "more", onclick: () => step() });
    const step = () => {
      out.append(...rows.slice(at, at + PAGE).map(render));
      at += PAGE;
      more.remove();
      if (at < rows.length) {
        more.textContent = `Show more (${count(rows.length - at)} left)`;
        out.append(more);
      }
    };
    if (rows.length) step();
    else out.append(make("p", { class: "about" }, "Nothing matches."));
  };
  const showMentions = (title, found) => {
    $("mentions-title").textContent = `${title} (${count(found.length)})`;
    paged($("mentions").querySelector(".out"), found, factRow);
    $("mentions").showModal();
  };
  $("close").addEventListener("click", () => $("mentions").close());
  const opener = (text, title, found) =>
    make("button", { type: "button", class: "link", onclick: () => showMentions(title, found) }, text);

  const tally = (items, key) => {
    const groups = new Map();
    for (const item of items) {
      const k = key(item);
      if (k === "" || k === undefined) continue;
      if (!groups.has(k)) groups.set(k, []);
      groups.get(k).push(item);
    }
    return groups;
  };
  const bySize = (groups) => [...groups].sort((a, b) => b[1].length - a[1].length);

  const bars = (title, rows) => {
    const most = Math.max(1, ...rows.map((r) => r[1]));
    const svg = draw("svg", { viewBox: `0 0 400 ${rows.length * 22 + 4}`, role: "img", "aria-label": title });
    rows.forEach(([name, n], i) => {
      const label = name.length > 22 ? name.slice(0, 21) + "…" : name;
      const text = draw("text", { x: 0, y: i * 22 + 15 }, label);
      text.append(draw("title", {}, name));
      svg.append(text, draw("rect", { class: "bar", x: 150, y: i * 22 + 4, height: 14, width: (190 * n) / most }),
        draw("text", { class: "faint", x: 155 + (190 * n) / most, y: i * 22 + 15 }, count(n)));
    });
    return make("figure", {}, make("figcaption", {}, title), svg);
  };
  const months = (title, rows) => {
    const most = Math.max(1, ...rows.map((r) => r[1]));
    const width = 400 / Math.max(rows.length, 1);
    const svg = draw("svg", { viewBox: "0 0 400 140", role: "img", "aria-label": title });
    rows.forEach(([name, n], i) => {
      const bar = draw("rect", { class: "bar", x: i * width, y: 115 - (100 * n) / most,
        width: Math.max(width - 1, 0.5), height: (100 * n) / most });
      bar.append(draw("title", {}, `${name}: ${count(n)}`));
      svg.append(bar);
    });
    if (rows.length) {
      svg.append(draw("text", { class: "faint", x: 0, y: 132 }, rows[0][0]));
      if (rows.length > 1) svg.append(draw("text", { class: "faint", x: 400, y: 132, "text-anchor": "end" }, rows.at(-1)[0]));
      svg.append(draw("text", { class: "faint", x: 0, y: 11 }, `highest ${count(most)}`));
    }
    return make("figure", {}, make("figcaption", {}, title), svg);
  };

  const views = {
    overview(chosen) {
      const used = [...new Set(chosen.map((f) => sentences[f[SENTENCE]][0]))].map((i) => articles[i]);
      const sizes = (groups, n) => bySize(groups).slice(0, n).map(([k, v]) => [k, v.length]);
      const monthly = [...tally(used, (a) => a[3].slice(0, 7))].sort().map(([k, v]) => [k, v.length]);
      $("charts").replaceChildren(
        bars("facts by kind", sizes(tally(chosen, (f) => kinds[f[KIND]]), 8)),
        months("articles with facts by month", monthly),
        bars("articles with facts by province", sizes(tally(used, (a) => sites[a[2]][1]), 20)),
        bars("articles with facts by site", sizes(tally(used, (a) => sites[a[2]][0]), 20)));
    },
    facts(chosen) {
      paged($("facts").querySelector(".out"), chosen, factRow);
    },
    officials(chosen) {
      const named = chosen.filter((f) => kinds[f[KIND]] === "official");
      const people = bySize(tally(named, (f) => f[DETAIL][0]));
      paged($("officials").querySelector(".out"), people, ([name, mentions]) => {
        const posts = new Map();
        for (const f of mentions)
          for (const title of f[DETAIL][1]) {
            const key = fold(title);
            if (!posts.has(key)) posts.set(key, { title, mentions: [] });
            posts.get(key).mentions.push(f);
          }
        const days = (found) => found.map((f) => articleOf(f)[3]).filter(Boolean).sort();
        const rows = [...posts.values()].map((p) => ({ ...p, days: days(p.mentions) }));
        rows.sort((a, b) => (a.days[0] ?? "9").localeCompare(b.days[0] ?? "9"));
        const list = rows.map((p) => make("li", {}, opener(p.title, `${name}: ${p.title}`, p.mentions),
          make("span", { class: "where" }, ` ${spanOf(p.days)} · ${count(p.mentions.length)}`)));
        return make("div", { class: "group" },
          make("div", {}, opener(name, name, mentions), timeline(rows)), make("ul", {}, ...list));
      });
    },
    documents(chosen) {
      const cited = chosen.filter((f) => kinds[f[KIND]] === "document");
      const groups = bySize(tally(cited, (f) => f[DETAIL][0]));
      paged($("documents").querySelector(".out"), groups, ([label, mentions]) => {
        const issuers = [...tally(mentions, (f) => f[DETAIL][1]).keys()].join("; ");
        const citing = bySize(tally(mentions, (f) => sites[articleOf(f)[2]][0])).slice(0, 5);
        return make("div", { class: "group" },
          make("div", {}, opener(label, label, mentions), make("div", { class: "where" }, issuers)),
          make("div", { class: "where" }, `${count(mentions.length)} times; `,
            citing.map(([site, m]) => `${site} ${m.length}`).join(", ")));
      });
    },
    ratios(chosen) {
      const stated = chosen.filter((f) => kinds[f[KIND]] === "ratio" && f[DETAIL][1] > 0);
      const units = bySize(tally(stated, (f) => fold(f[DETAIL][2])));
      paged($("ratios").querySelector(".out"), units, ([, mentions]) => {
        const unit = mentions[0][DETAIL][2] || "(no unit)";
        return make("div", { class: "group" },
          make("div", {}, opener(unit, unit, mentions), make("div", { class: "where" }, `${count(mentions.length)} times`)),
          scatter(unit, mentions));
      });
    },
    health() {},
  };
  const spanOf = (days) => (days.length === 0 ? "no date" : days[0] === days.at(-1) ? days[0] : `${days[0]} – ${days.at(-1)}`);
  const allDays = articles.map((a) => a[3]).filter(Boolean).sort();
  const stamp = (day) => Date.parse(day) / 864e5;
  const [first, last] = allDays.length ? [stamp(allDays[0]), stamp(allDays.at(-1))] : [0, 1];
  const across = (day, width) => ((stamp(day) - first) / Math.max(last - first, 1)) * width;
  const timeline = (rows) => {
    const dated = rows.filter((r) => r.days.length);
    const svg = draw("svg", { viewBox: `0 0 300 ${dated.length * 8 + 2}`, role: "img", "aria-label": "when each post is mentioned" });
    dated.forEach((r, i) => {
      const x = across(r.days[0], 294);
      const bar = draw("rect", { class: "span", x, y: i * 8 + 1, height: 6, rx: 3, width: Math.max(across(r.days.at(-1), 294) - x, 6) });
      bar.append(draw("title", {}, `${r.title}: ${spanOf(r.days)}`));
      svg.append(bar);
    });
    return svg;
  };
  const scatter = (unit, mentions) => {
    const svg = draw("svg", { viewBox: "0 0 400 96", role: "group", "aria-label": `ratios of ${unit} over time` });
    for (const share of [0, 0.5, 1]) {
      const y = 84 - share * 72;
      svg.append(draw("line", { class: "line", x1: 34, x2: 396, y1: y, y2: y }), draw("text", { class: "faint", x: 0, y: y + 4 }, `${share * 100}%`));
    }
    // A few hundred points spread over all, where more would only hide each other.
    const every = Math.max(1, Math.ceil(mentions.length / 300));
    for (const f of mentions.filter((_, i) => i % every === 0)) {
      const day = articleOf(f)[3];
      if (!day) continue;
      const share = Math.min(f[DETAIL][0] / f[DETAIL][1], 1);
      const dot = draw("circle", { class: "dot", cx: 38 + across(day, 352), cy: 84 - share * 72, r: 4.5, tabindex: 0, role: "button", "aria-label": `${f[VALUE]}, ${day}` });
      const open = () => showMentions(f[VALUE], [f]);
      dot.addEventListener("click", open);
      dot.addEventListener("keydown", (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), open()));
      dot.append(draw("title", {}, `${f[VALUE]}, ${day}`));
      svg.append(dot);
    }
    return svg;
  };

  const option = (value, text) => make("option", { value }, text);
  $("kind").append(...kinds.map((k) => option(k, k)));
  $("province").append(...[...new Set(sites.map((s) => s[1]))].filter(Boolean).sort().map((p) => option(p, p)));
  $("site").append(...[...new Set(sites.map((s) => s[0]))].sort().map((s) => option(s, s)));

  let view = "overview";
  const buttons = Object.keys(views).map((name) => {
    const title = $(name).getAttribute("aria-label");
    return make("button", { type: "button", role: "tab", "aria-controls": name, onclick: () => go(name) }, title);
  });
  $("tabs").setAttribute("role", "tablist");
  $("tabs").append(...buttons);
  const go = (name) => {
    view = name;
    Object.keys(views).forEach((n, i) => {
      $(n).classList.toggle("shown", n === name);
      buttons[i].setAttribute("aria-selected", n === name);
    });
    history.replaceState(null, "", `#${name}`);
    refresh();
  };
  const refresh = () => {
    const words = fold($("q").value).split(/\s+/).filter(Boolean);
    const [kind, province, site] = ["kind", "province", "site"].map((id) => $(id).value);
    const [from, to] = [$("from").value, $("to").value];
    const chosen = facts.filter((f) => {
      if (kind && kinds[f[KIND]] !== kind) return false;
      const article = articleOf(f);
      const [name, place] = sites[article[2]];
      if ((site && name !== site) || (province && place !== province)) return false;
      if ((from && !(article[3] >= from)) || (to && !(article[3] && article[3] <= to))) return false;
      return words.every((w) => haystack(f[SENTENCE]).includes(w));
    });
    $("status").textContent = `${count(chosen.length)} of ${count(facts.length)} facts`;
    views[view](chosen);
  };
  let waiting;
  $("filter").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 120);
  });
  $("filter").addEventListener("reset", () => setTimeout(refresh));
  $("filter").addEventListener("submit", (e) => e.preventDefault());
  const wanted = location.hash.slice(1);
  go(Object.hasOwn(views, wanted) ? wanted : "overview");
  document.documentElement.dataset.ready = Math.round(performance.now() - started);
})().catch((error) => {
  document.getElementById("status").textContent = `The data could not be read: ${error}`;
});
