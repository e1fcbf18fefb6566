/* The script of the report. Texts of a source reach the page as text nodes only; the one piece of markup that is
   set is an article, which the report's templates wrote and escaped. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const data = JSON.parse($("data").textContent);
  const phone = window.matchMedia("(max-width: 60rem)");
  const remembered = (name) => { try { return localStorage.getItem(`extract-${name}`); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(`extract-${name}`, value); } catch { /* not allowed for files in some browsers */ } };
  /* What was chosen last; else Chinese if the report was asked for in Chinese, else what the browser speaks. */
  const spoken = () => (data.language === "zh" || /^zh\b/i.test(navigator.language) ? "zh" : "en");
  const state = { lang: data.interface[remembered("language")] ? remembered("language") : spoken(), selected: 0, rejected: 0, kinds: new Set(), chosen: {}, search: "", low: null, high: null };
  const say = (key) => data.interface[state.lang][key] ?? key;
  const word = (column, value) => data.words[state.lang][column]?.[value] ?? value;
  /* What review.js adds: filters, keys, parts of the inspector, the look of a row or mark, and what a new selection ends. */
  const hooks = { lists: {}, keys: {}, details: () => [], row: () => {}, selected: () => {} };

  // Rows

  const decode = (column) => column.at.map((i) => column.of[i]);
  const rows = unpack();

  function unpack() {
    const column = (from, name) => (Array.isArray(from[name]) ? from[name] : decode(from[name]));
    const of = Object.fromEntries(Object.keys(data.figures).map((name) => [name, column(data.figures, name)]));
    const places = decode(data.articles.place);
    const numbers = data.articles.number;
    // Written out, for objects made alike are read fast.
    const made = of.at.map((at, i) => ({
      n: i + 1, at, source: data.sources[data.articles.source[at]], article: numbers[at], title: data.articles.title[at], published: of.published[i],
      place: places[at], subject: of.subject[i], sentence: of.sentence[i], text: of.text[i], item: of.item[i], head: of.head[i],
      action: of.action[i], value: of.value[i], low: of.low[i], high: of.high[i], qualifier: of.qualifier[i], unit: of.unit[i],
      base_value: of.base_value[i], base_unit: of.base_unit[i], kind: of.kind[i], change: of.change[i], basis: of.basis[i], per: of.per[i],
      period: of.period[i], period_from: of.period_from[i], date_from: of.date_from[i], date_to: of.date_to[i], start: of.start[i],
      end: of.end[i], line: of.line[i], locator: of.locator[i], rule: of.rule[i], confidence: of.confidence[i], value_zh: of.value_zh[i],
    }));
    data.kept.names.forEach((name, k) => made.forEach((row) => { row[name] = data.kept.of[data.articles.source[row.at]][k] ?? ""; }));
    return made;
  }

  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const visible = (text) =>
    text.replace(HIDDEN, (char) => `[U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

  /* A number without exponent or rounding; whole numbers too large for JavaScript are digits already. */
  function spell(value) {
    if (value === null || value === undefined) return "";
    const text = String(value);
    const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
    if (!parts) return text;
    const digits = parts[2] + (parts[3] ?? "");
    const point = 1 + Number(parts[4]);
    const padded = point <= 0 ? "0." + "0".repeat(-point) + digits
      : digits.length <= point ? digits.padEnd(point, "0") : digits.slice(0, point) + "." + digits.slice(point);
    return parts[1] + padded;
  }
  const grouped = (value) => spell(value).replace(/^(-?)(\d+)/, (_, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ","));

  /* What a row is sorted and filtered by: its value, or the bound that a range states. */
  const size = (row) => { const v = row.value ?? row.low ?? row.high; return v === null ? null : Number(v); };

  /* 5万, 1.2亿, 3,000 as a number; null if it is none. */
  function quantity(text) {
    const parts = /^\s*(-?[\d,，.]+(?:e\d+)?)\s*([十百千万萬亿億]*)\s*$/i.exec(text.normalize("NFKC"));
    if (!parts) return null;
    const times = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };
    const number = [...parts[2]].reduce((value, char) => value * times[char], Number(parts[1].replace(/[,，]/g, "")));
    return Number.isFinite(number) ? Number(number.toPrecision(15)) : null;
  }

  const node = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") made.textContent = visible(value);
      else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  // Filters: each of them tells whether it keeps a row

  const LISTS = {
    unit: (row) => row.unit, qualifier: (row) => row.qualifier, place: (row) => row.place,
    article: (row) => row.at, period: (row) => row.period,
  };
  const haystacks = [];
  const haystack = (row) => (haystacks[row.n] ??=
    [row.text, row.subject, row.item, row.action, row.unit, row.place, row.period, row.title, row.sentence, row.source].join("\n").normalize("NFKC").toLowerCase());

  function keeps() {
    const lists = Object.entries(state.chosen).filter(([, value]) => value !== "");
    const words = state.search.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const { kinds, low, high } = state;
    return (row) => {
      if (kinds.size && !kinds.has(row.kind)) return false;
      for (const [name, value] of lists) {
        if (name === "article" && value.startsWith("s")) {
          if (data.articles.source[row.at] !== Number(value.slice(1))) return false;
        } else if (String((LISTS[name] ?? hooks.lists[name])(row)) !== value.slice(1)) return false;
      }
      if (low !== null || high !== null) {
        const value = size(row);
        if (value === null || (low !== null && value < low) || (high !== null && value > high)) return false;
      }
      return words.every((one) => haystack(row).includes(one));
    };
  }
  const filtering = () =>
    state.kinds.size > 0 || state.search.trim() !== "" || state.low !== null || state.high !== null || Object.values(state.chosen).some((value) => value !== "");

  function tally(value) {
    const counts = new Map();
    for (const row of rows) {
      const key = value(row);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  function buildFilters() {
    const selects = $("selects");
    selects.replaceChildren();
    for (const name of Object.keys(LISTS)) {
      const select = node("select", { "data-filter": name, id: `filter-${name}`, onchange: () => { state.chosen[name] = select.value; apply(); } });
      select.append(node("option", { value: "", text: say("all") }));
      if (name === "article") articleOptions(select);
      else {
        const counts = [...tally(LISTS[name])].sort((a, b) => b[1] - a[1]);
        for (const [value, count] of counts) select.append(node("option", { value: "=" + value, text: `${word(name, value) || "–"} (${count})` }));
      }
      select.value = state.chosen[name] ?? "";
      selects.append(node("label", {}, node("span", { text: name === "article" ? say("articles") : word("column", name) }), select));
    }
    for (const [id, key, field] of [["smallest", "smallest", "low"], ["largest", "largest", "high"]]) {
      const input = node("input", { id, inputmode: "text", size: 9, placeholder: say("quantity_hint").split(/[、,]/)[field === "low" ? 0 : 1].trim() });
      input.value = state[field + "Text"] ?? "";
      input.addEventListener("input", () => {
        state[field + "Text"] = input.value;
        state[field] = quantity(input.value);
        input.setAttribute("aria-invalid", String(input.value.trim() !== "" && state[field] === null));
        applySoon();
      });
      selects.append(node("label", { class: "amount" }, node("span", { text: say(key) }), input));
    }
    selects.append(node("button", { type: "button", id: "reset", text: say("reset"), onclick: resetFilters }));
    buildChips();
  }

  function articleOptions(select) {
    const counts = tally((row) => row.at);
    const several = data.sources.length > 1;
    let group = select;
    let source = -1;
    data.articles.number.forEach((number, i) => {
      const mine = data.articles.source[i];
      if (several && mine !== source) {
        source = mine;
        const name = visible(data.sources[mine]);
        group = node("optgroup", { label: name });
        group.append(node("option", { value: "s" + mine, text: `${say("source_all")} ${name}` }));
        select.append(group);
      }
      const count = counts.get(i);
      if (count) group.append(node("option", { value: "=" + i, text: `${i + 1}. ${articleTitle(i)} (${count})` }));
    });
  }
  function articleTitle(i) {
    const kind = data.articles.kind.of[data.articles.kind.at[i]];
    return data.articles.title[i] || `(${kind === "caption" ? say("caption") : say("untitled")})`;
  }

  function buildChips() {
    const counts = tally((row) => row.kind);
    const chips = data.kinds.map((kind, i) => [kind, i, counts.get(kind) ?? 0]).filter(([, , count]) => count > 0);
    chips.sort((a, b) => b[2] - a[2]);
    $("chips").replaceChildren(...chips.map(([kind, i, count]) =>
      node("button", { type: "button", class: `chip k${i}`, "data-kind": i, "aria-pressed": String(state.kinds.has(kind)), onclick: () => toggleKind(kind) },
        node("span", { class: "sign", text: word("kind", kind) }), node("small", { text: String(count) }))));
  }
  function toggleKind(kind) {
    if (!state.kinds.delete(kind)) state.kinds.add(kind);
    showPressed();
    apply();
  }
  function showPressed() {
    for (const chip of $("chips").children) chip.setAttribute("aria-pressed", String(state.kinds.has(data.kinds[chip.dataset.kind])));
  }
  function resetFilters() {
    state.kinds.clear();
    $("review-show").value = "";
    Object.assign(state, { chosen: {}, search: "", low: null, high: null, lowText: "", highText: "" });
    $("search").value = "";
    buildFilters();
    apply();
  }

  let kept = null; // numbers of the rows that pass, null while nothing is filtered
  let waiting = 0;
  const applySoon = () => { clearTimeout(waiting); waiting = setTimeout(apply, rows.length > 5000 ? 200 : 60); };

  function sift() { kept = filtering() ? new Set(rows.filter(keeps()).map((row) => row.n)) : null; }
  function apply() {
    clearTimeout(waiting);
    sift();
    if (kept) table.setFilter((row) => kept.has(row.n));
    else table.clearFilter();
    showCount();
    shade(document.querySelectorAll("#articles mark"));
    showArticles();
    inspect();
    address();
    if (kept) fold();
  }
  /* The overview makes room for the table when one begins to filter; once, for who opens it again wants it. */
  let folded = false;
  function fold() {
    if (folded) return;
    folded = true;
    document.querySelector("#overview details").open = false;
  }
  const passes = (n) => kept === null || kept.has(n);
  function shade(marks) {
    for (const mark of marks) mark.classList.toggle("out", !passes(numberOf(mark)));
  }
  function showCount() {
    const total = rows.length.toLocaleString("en");
    $("count").textContent = kept ? `${kept.size.toLocaleString("en")} ${say("of")} ${total} ${say("rows")}` : `${total} ${say("rows")}`;
  }

  // Articles: set when they come near to what is seen

  const pane = $("articles");
  const sections = [...pane.children];
  const numberOf = (element) => Number(element.id.slice(2));

  function estimate() {
    const perLine = Math.max(12, pane.clientWidth / 17);
    for (const section of sections) {
      if (!section.dataset.set) section.style.minHeight = `${Math.round(150 + (Number(section.dataset.size) / perLine) * 30)}px`;
    }
  }
  function set(section) {
    if (!section || section.dataset.set) return;
    section.dataset.set = "1";
    section.innerHTML = section.firstElementChild.textContent; // the escaped markup of the template
    section.style.minHeight = "";
    const marks = section.querySelectorAll("mark");
    shade(marks);
    for (const mark of marks) hooks.row(rows[numberOf(mark) - 1], mark);
    if (state.selected) section.querySelector(`[id="f=${state.selected}"]`)?.classList.add("selected");
  }
  /* Articles without a row that passes are hidden where one article or source is chosen, and pale otherwise. */
  function showArticles() {
    const chosen = state.chosen.article ?? "";
    sections.forEach((section, i) => {
      section.hidden = chosen !== "" && (chosen[0] === "s" ? data.articles.source[i] !== Number(chosen.slice(1)) : i !== Number(chosen.slice(1)));
    });
  }
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); set(entry.target); }
  }, { rootMargin: "1200px 0px" });

  const figure = (n) => {
    const section = sections[rows[n - 1].at];
    set(section);
    return pane.querySelector(`[id="f=${n}"]`);
  };
  function show(n, flash = true) {
    const row = rows[n - 1];
    if (phone.matches) openTab("reading");
    for (let i = row.at - 1; i <= row.at + 1; i++) set(sections[i]);
    const mark = figure(n);
    if (!mark) return;
    sections[row.at].hidden = false;
    const frame = pane.getBoundingClientRect();
    if (Math.min(frame.bottom, innerHeight) - Math.max(frame.top, 0) < frame.height / 2) $("work").scrollIntoView();
    const centre = () => { // of the pane alone; scrollIntoView would move the page too
      const [box, around] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
      pane.scrollTop += box.top + box.height / 2 - around.top - pane.clientHeight * (phone.matches ? 0.3 : 0.45);
    };
    centre();
    requestAnimationFrame(() => { centre(); requestAnimationFrame(centre); });
    if (flash) {
      mark.classList.remove("flash");
      void mark.offsetWidth; // starts the animation anew
      mark.classList.add("flash");
    }
  }

  // Selection

  function select(n, from) {
    const before = state.selected;
    if (before) { pane.querySelector(`[id="f=${before}"]`)?.classList.remove("selected"); rowElement(before)?.classList.remove("chosen"); }
    pane.querySelector("i.selected")?.classList.remove("selected");
    state.selected = n;
    state.rejected = 0;
    hooks.selected();
    address();
    if (!n) { inspect(); return; }
    figure(n)?.classList.add("selected");
    inspect(); // first, for it takes room from the table
    if (from !== "figure" || phone.matches) show(n, from !== "figure"); // on a phone the inspector would cover it
    if (from !== "row") requestAnimationFrame(() => toRow(n));
    rowElement(n)?.classList.add("chosen");
  }
  function selectRejected(n) {
    select(0);
    state.rejected = n;
    pane.querySelector(`[id="r=${n}"]`)?.classList.add("selected");
    inspect();
  }
  /* The address names the selected figure, the search and the filters: #f=12&q=…&kind=money&unit=元&min=5万. */
  function address() {
    const parts = [];
    const part = (name, value) => { if (value) parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`); };
    part("f", state.selected ? String(state.selected) : "");
    part("q", state.search.trim());
    part("kind", [...state.kinds].join(","));
    for (const [name, value] of Object.entries(state.chosen)) part(name, value && (name === "article" ? value.replace("=", "") : value.slice(1) || EMPTY));
    part("min", state.low === null ? "" : state.lowText);
    part("max", state.high === null ? "" : state.highText);
    const hash = parts.length ? `#${parts.join("&")}` : "";
    if (location.hash === hash) return;
    try { history.replaceState(null, "", hash || location.href.split("#")[0]); } catch { location.hash = hash; }
  }
  const EMPTY = "–"; // stands for the filter on an empty cell
  /* Take the filters of an address; whether it has any. A link to a figure alone leaves the filters as they are. */
  function readFilters(from) {
    const names = ["q", "kind", "min", "max", ...Object.keys(LISTS), ...Object.keys(hooks.lists)];
    if (!names.some((name) => from.has(name))) return false;
    state.search = from.get("q") ?? "";
    state.kinds = new Set((from.get("kind") ?? "").split(",").filter((kind) => data.kinds.includes(kind)));
    state.chosen = {};
    for (const name of names.slice(4)) {
      const value = from.get(name);
      if (value) state.chosen[name] = name === "article" && value[0] === "s" ? value : `=${value === EMPTY ? "" : value}`;
    }
    Object.assign(state, { lowText: from.get("min") ?? "", highText: from.get("max") ?? "" });
    Object.assign(state, { low: quantity(state.lowText), high: quantity(state.highText) });
    $("search").value = state.search;
    $("review-show").value = state.chosen.verdict ?? "";
    return true;
  }
  function followAddress(jump) {
    const from = new URLSearchParams(location.hash.slice(1));
    const n = /^\d+$/.test(from.get("f") ?? "") ? Number(from.get("f")) : 0;
    if (root.dataset.ready && readFilters(from)) { buildFilters(); apply(); }
    if (n < 1 || n > rows.length) return;
    if (n !== state.selected) select(n, "address");
    else show(n);
    if (jump) $("work").scrollIntoView();
  }

  function inspect() {
    const aside = $("inspector");
    const more = hooks.details(state.selected ? rows[state.selected - 1] : null);
    aside.classList.toggle("empty", !state.selected && !state.rejected && !more.length);
    const close = node("button", { type: "button", class: "close", "aria-label": say("close"), text: "×", onclick: () => select(0) });
    if (state.rejected) aside.replaceChildren(close, ...rejectedDetails(state.rejected - 1), ...more);
    else if (state.selected) aside.replaceChildren(close, ...more, ...figureDetails(rows[state.selected - 1]));
    else if (more.length) aside.replaceChildren(close, ...more);
    else aside.replaceChildren(node("p", { class: "note", text: say("inspector_empty") }));
  }
  function details(pairs) {
    const list = node("dl");
    for (const [name, value, wide] of pairs) {
      if (value === "" || value === null || value === undefined) continue;
      list.append(node("div", wide ? { class: "wide" } : {}, node("dt", { text: name }), node("dd", {}, value instanceof Node ? value : node("bdi", { text: String(value) }))));
    }
    return list;
  }
  const unsure = (row) => row.confidence < data.unsure;
  const percent = (share) => `${Math.round(100 * share)} %`;
  function figureDetails(row) {
    const name = (column) => word("column", column);
    const side = (value) => (value === null ? say("open_side") : grouped(value));
    const sentence = node("q", {});
    const at = row.sentence.replace(/\s/g, "").split(row.text).length === 2 ? row.sentence.indexOf(row.text) : -1;
    if (at < 0) sentence.append(visible(row.sentence));
    else sentence.append(visible(row.sentence.slice(0, at)), node("b", { text: row.text }), visible(row.sentence.slice(at + row.text.length)));
    const head = node("h3", {}, node("span", { class: `sign k${data.kinds.indexOf(row.kind)}`, text: row.text }), " ",
      node("a", { href: `#f=${row.n}`, text: `#${row.n}` }));
    const parts = [head];
    if (!passes(row.n)) parts.push(node("p", { class: "note", text: say("hidden_row") }));
    if (unsure(row)) parts.push(node("p", { class: "note unsure", text: say("unsure") }));
    const base = row.base_value === row.value && row.base_unit === row.unit ? "" : `${grouped(row.base_value)} ${row.base_unit}`.trim();
    const days = row.date_from === row.date_to ? row.date_from : `${row.date_from || "…"} – ${row.date_to || "…"}`;
    parts.push(details([
      [name("value"), row.value === null ? "" : grouped(row.value)], [say("in_words"), row.value_zh], [say("bounds"), row.low !== null && row.low === row.high ? side(row.low) : `${side(row.low)} … ${side(row.high)}`], [name("unit"), row.unit], [say("base"), base],
      [name("subject"), row.subject], [name("item"), row.item], [name("head"), row.head], [name("action"), row.action], [name("qualifier"), word("qualifier", row.qualifier)], [name("kind"), word("kind", row.kind)],
      [name("per"), row.per], [name("change"), word("change", row.change)], [name("basis"), row.basis], [name("period"), row.period], [name("period_from"), word("period_from", row.period_from)], [say("dates"), days],
      [name("place"), row.place], [name("published"), row.published],
      [name("rule"), row.rule], [name("confidence"), percent(row.confidence)], [name("sentence"), sentence, true], [say("headline"), row.title, true],
      [say("file"), row.source, true], [name("line"), row.line], [name("locator"), row.locator], [say("offsets"), `${row.start}–${row.end}`],
    ]));
    return parts;
  }
  const rejections = {};
  function rejectedDetails(i) {
    const from = data.rejections;
    for (const column of ["text", "reason", "rule"]) rejections[column] ??= decode(from[column]);
    return [
      node("h3", {}, node("span", { class: "struck", text: rejections.text[i] })),
      details([
        [say("why_rejected"), word("reason", rejections.reason[i]), true], [word("column", "rule"), rejections.rule[i]],
        [say("file"), data.sources[data.articles.source[from.at[i]]], true], [word("column", "line"), from.line[i]], [say("offsets"), `${from.start[i]}–${from.end[i]}`],
      ]),
    ];
  }

  // Table

  const WIDTHS = { n: 64, text: 110, subject: 110, item: 150, base_value: 130, period_from: 110, date_from: 104, date_to: 104, confidence: 104, value: 130, low: 120, high: 120, qualifier: 96, unit: 80, kind: 172, change: 84, action: 90, sentence: 420, title: 240, source: 200, place: 120, period: 120 };
  const NARROW = { n: 46, item: 106, value: 142, unit: 62 }; // so that a phone shows them side by side
  const SHOWN = phone.matches ? ["item", "value", "unit", "text", "subject", "qualifier", "kind", "change", "per", "period", "place", "confidence", "title"] : ["text", "subject", "item", "value", "unit", "qualifier", "kind", "change", "per", "period", "place", "confidence", "title"];
  const EVERY = Object.keys(data.words.en.column).length;
  const NUMERIC = new Set(["n", "article", "value", "low", "high", "base_value", "confidence", "start", "end", "line"]);
  const ROW_HEIGHT = 34;
  const ranks = {};
  const picked = data.columns.length - data.kept.names.length < EVERY;
  const allColumns = picked ? data.columns : [...SHOWN, ...data.columns.filter((name) => !SHOWN.includes(name))];
  const shownColumns = new Set(picked ? data.columns : [...SHOWN, ...data.kept.names]);
  let table = null;
  let order = null; // the rows as the table has them, and the place of each

  function rank(name) {
    if (!ranks[name]) {
      const compare = new Intl.Collator("zh").compare;
      ranks[name] = new Map([...new Set(rows.map((row) => row[name]))].sort(compare).map((value, i) => [value, i]));
    }
    return ranks[name];
  }
  function sorter(name) {
    if (!NUMERIC.has(name)) return (a, b) => rank(name).get(a) - rank(name).get(b);
    const number = name === "value" ? size : (row) => (row[name] === null ? null : Number(row[name]));
    return (a, b, rowA, rowB, column, direction) => {
      const [x, y] = [number(rowA.getData()), number(rowB.getData())];
      if (x === null || y === null) return x === y ? 0 : (x === null ? 1 : -1) * (direction === "asc" ? 1 : -1);
      return x - y;
    };
  }
  function formatter(name) {
    return (cell) => {
      const row = cell.getData();
      const value = row[name];
      if (name === "kind") return node("span", { class: `sign k${data.kinds.indexOf(value)}`, text: word("kind", value) });
      if (name === "value" && value === null) return node("span", { text: row.low !== null && row.high !== null ? `${grouped(row.low)}–${grouped(row.high)}` : "" });
      if (name === "value" || name === "low" || name === "high" || name === "base_value") return node("span", { text: grouped(value) });
      if (typeof value === "number") return node("span", { text: String(value) });
      return node("bdi", { text: word(name, value) });
    };
  }
  function column(name) {
    return {
      field: name, title: name === "n" ? "#" : visible(word("column", name)), width: (phone.matches && NARROW[name]) || (WIDTHS[name] ?? 90), visible: name === "n" || shownColumns.has(name),
      sorter: sorter(name), formatter: formatter(name), hozAlign: NUMERIC.has(name) ? "right" : "left", headerSortTristate: true,
      frozen: name === "n" && !phone.matches, headerTooltip: false, minWidth: 48, resizable: "header",
    };
  }
  function buildTable() {
    const sorters = table ? table.getSorters().map(({ field, dir }) => ({ column: field, dir })) : [];
    table?.destroy();
    delete root.dataset.ready;
    order = null;
    table = new Tabulator("#table", {
      data: data.ranks ? [...rows].sort((a, b) => data.ranks[a.n - 1] - data.ranks[b.n - 1]) : rows, index: "n", nestedFieldSeparator: false, height: "100%", layout: "fitDataFill", rowHeight: ROW_HEIGHT, renderVerticalBuffer: 300,
      columns: ["n", ...allColumns].map(column), placeholder: node("p", { class: "note", text: say("nothing") }), initialSort: sorters,
      initialFilter: kept ? [{ field: (row) => kept.has(row.n) }] : [], columnHeaderSortMulti: true, clipboard: false, autoResize: false, keybindings: false,
      rowFormatter: (row) => {
        row.getElement().classList.toggle("chosen", row.getData().n === state.selected);
        row.getElement().classList.toggle("unsure", unsure(row.getData()));
        hooks.row(row.getData(), row.getElement());
      },
    });
    table.on("rowClick", (event, row) => select(row.getData().n, "row"));
    table.on("dataSorted", () => { order = null; });
    table.on("dataFiltered", () => { order = null; });
    table.on("tableBuilt", () => { root.dataset.ready = "1"; if (state.selected && passes(state.selected)) toRow(state.selected); });
    buildColumnMenu();
  }
  function buildColumnMenu() {
    $("columns").querySelector("div").replaceChildren(...allColumns.map((name) => {
      const box = node("input", { type: "checkbox", onchange: () => {
        if (box.checked) { shownColumns.add(name); table.showColumn(name); } else { shownColumns.delete(name); table.hideColumn(name); }
      } });
      box.checked = shownColumns.has(name);
      return node("label", {}, box, " ", word("column", name));
    }));
  }
  function active() {
    if (!order) {
      const numbers = table.getData("active").map((row) => row.n);
      order = { numbers, place: new Map(numbers.map((n, i) => [n, i])) };
    }
    return order;
  }
  const rowElement = (n) => (n && root.dataset.ready ? table.getRow(n)?.getElement() : null);
  /* Show a row, or all, as it is now. */
  function refresh(n) {
    const marks = n ? [pane.querySelector(`[id="f=${n}"]`)] : pane.querySelectorAll("mark");
    for (const mark of marks) if (mark) hooks.row(rows[numberOf(mark) - 1], mark);
    if (!root.dataset.ready) return;
    if (n) table.getRow(n)?.reformat();
    else for (const row of table.getRows("visible")) row.reformat();
  }
  /* Rows have one height, so the place of a row is known; Tabulator's own way is upset when the table shrinks meanwhile. */
  function toRow(n) {
    if (!n || n !== state.selected || !root.dataset.ready || !passes(n)) return;
    const holder = $("table").querySelector(".tabulator-tableholder");
    const height = holder.querySelector(".tabulator-row")?.offsetHeight ?? ROW_HEIGHT;
    const top = active().place.get(n) * height;
    if (top < holder.scrollTop || top + height > holder.scrollTop + holder.clientHeight) holder.scrollTop = top - (holder.clientHeight - height) / 2;
    requestAnimationFrame(() => requestAnimationFrame(() => { // after a long way Tabulator can be off by part of a row
      const [box, frame] = [rowElement(n), holder].map((one) => one?.getBoundingClientRect());
      if (!box?.height) return;
      if (box.bottom > frame.top + holder.clientHeight) holder.scrollTop += box.bottom - frame.top - holder.clientHeight;
      else if (box.top < frame.top) holder.scrollTop -= frame.top - box.top;
    }));
  }

  // Export: the rows as filtered and sorted

  const exported = () => active().numbers.map((n) => rows[n - 1]);
  function csv() {
    const cell = (value, name) => {
      let text = value === null ? "" : typeof value === "number" || NUMERIC.has(name) ? spell(value) : state.lang === "zh" ? word(name, value) : value;
      if (!NUMERIC.has(name) && /^[=+\-@\t\r]/.test(text)) text = "'" + text; // no formula for a spreadsheet
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const header = (name) => (state.lang === "zh" ? word("column", name) : name);
    const lines = [data.columns.map((name) => cell(header(name), "")), ...exported().map((row) => data.columns.map((name) => cell(row[name], name)))];
    return "\ufeff" + lines.map((line) => line.join(",") + "\r\n").join("");
  }
  function json() {
    const cell = (name, value) => (NUMERIC.has(name) && typeof value === "string" ? value : JSON.stringify(value));
    return `[\n${exported().map((row) => `{${data.columns.map((name) => `${JSON.stringify(name)}: ${cell(name, row[name])}`).join(", ")}}`).join(",\n")}\n]\n`;
  }
  function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    node("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  // Keyboard, language, theme, tabs

  function step(by) {
    const { numbers, place } = active();
    if (!numbers.length) return;
    const at = place.get(state.selected);
    select(numbers[at === undefined ? (by > 0 ? 0 : numbers.length - 1) : Math.min(numbers.length - 1, Math.max(0, at + by))], "keys");
  }
  function read(by) {
    let n = state.selected || (by > 0 ? 0 : rows.length + 1);
    do n += by; while (n >= 1 && n <= rows.length && !passes(n));
    if (n >= 1 && n <= rows.length) select(n, "keys");
  }
  const help = $("help");
  const KEYS = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), ArrowRight: () => read(1), ArrowLeft: () => read(-1),
    "/": () => { $("search").focus(); $("search").select(); }, "?": () => help.showModal(), Escape: () => select(0),
    r: () => $("show-rejected").click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const action = KEYS[event.key] ?? hooks.keys[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  function translate() {
    root.lang = state.lang === "zh" ? "zh-CN" : "en";
    root.dataset.lang = state.lang;
    document.title = say("title");
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
    for (const element of document.querySelectorAll("[data-w]")) element.textContent = visible(word(element.dataset.w, element.dataset.v));
    for (const element of document.querySelectorAll("[data-zh]")) element.textContent = element.dataset[state.lang];
    for (const [name, attribute] of [["title", "title"], ["label", "aria-label"], ["placeholder", "placeholder"]]) {
      for (const element of document.querySelectorAll(`[data-t-${name}]`)) element.setAttribute(attribute, say(element.getAttribute(`data-t-${name}`)));
    }
  }

  function openTab(name) {
    for (const tab of $("tabs").children) tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
    if ($("work").dataset.tab === name) return;
    $("work").dataset.tab = name;
    if (name === "tabular" && table) { table.redraw(); if (state.selected) toRow(state.selected); }
  }

  // Print: the articles with rows that pass, then these rows; long ones are cut, and the page says so

  const MOST_ARTICLES = 200;
  const MOST_ROWS = 2000;
  function beforePrint() {
    const wanted = sections.filter((section, i) => !section.hidden && (kept === null || rows.some((row) => row.at === i && kept.has(row.n))));
    for (const section of sections) section.classList.add("unprinted");
    for (const section of wanted.slice(0, MOST_ARTICLES)) { set(section); section.classList.remove("unprinted"); }
    const names = SHOWN.slice(0, 11).filter((name) => data.columns.includes(name));
    const chosen = exported();
    const body = chosen.slice(0, MOST_ROWS).map((row) => node("tr", unsure(row) ? { class: "unsure" } : {}, node("td", { text: String(row.n) }),
      ...names.map((name) => node("td", { class: NUMERIC.has(name) ? "number" : ["text", "subject", "item", "period", "place"].includes(name) ? "loose" : "" }, formatter(name)({ getData: () => row })))));
    const parts = [];
    if (wanted.length > MOST_ARTICLES) parts.push(node("p", { class: "note", text: `${say("cut_articles")} ${wanted.length - MOST_ARTICLES}` }));
    parts.push(node("h2", { text: say("print_table") + (kept ? ` (${say("print_filtered")})` : "") }));
    parts.push(node("table", { class: "plain" }, node("thead", {}, node("tr", {}, node("th", { text: "#" }), ...names.map((name) => node("th", { text: word("column", name) })))), node("tbody", {}, ...body)));
    if (chosen.length > MOST_ROWS) parts.push(node("p", { class: "note", text: `${say("cut_rows")} ${chosen.length - MOST_ROWS}` }));
    $("print").replaceChildren(...parts);
  }
  function afterPrint() {
    for (const section of sections) section.classList.remove("unprinted");
    $("print").replaceChildren();
  }

  // Start

  const theme = remembered("theme");
  if (theme) root.dataset.theme = theme;
  if (phone.matches) { $("more-filters").open = false; document.querySelector("#overview details").open = false; }
  $("work").dataset.tab = "reading";
  for (const tab of $("tabs").children) tab.addEventListener("click", () => openTab(tab.dataset.tab));
  $("language").addEventListener("click", () => {
    state.lang = state.lang === "zh" ? "en" : "zh";
    remember("language", state.lang);
    translate(); buildFilters(); buildTable(); showCount(); inspect();
  });
  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember("theme", root.dataset.theme);
  });
  $("help-button").addEventListener("click", () => help.showModal());
  $("search").addEventListener("input", () => { state.search = $("search").value; applySoon(); });
  $("filters").addEventListener("submit", (event) => { event.preventDefault(); state.search = $("search").value; apply(); });
  $("export-csv").addEventListener("click", () => download("figures.csv", "text/csv;charset=utf-8", csv()));
  $("export-json").addEventListener("click", () => download("figures.json", "application/json", json()));
  pane.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[id], i[id]");
    if (!mark || !window.getSelection().isCollapsed) return;
    if (mark.localName === "mark") select(numberOf(mark), "figure");
    else if ($("show-rejected").checked) selectRejected(numberOf(mark));
  });
  $("overview").addEventListener("click", (event) => {
    const line = event.target.closest("tr[data-kind]");
    if (line) { toggleKind(data.kinds[line.dataset.kind]); $("work").scrollIntoView(); }
  });
  document.addEventListener("click", (event) => {
    if (!$("columns").contains(event.target)) $("columns").open = false;
    if (event.target.closest('a[href^="#f="]')) requestAnimationFrame(() => followAddress(true));
  });
  window.addEventListener("hashchange", () => followAddress(true));
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  // Tabulator's own way to follow a new size loses its place when a row is scrolled to at the same time, as when
  // the inspector opens.
  let fitting = 0;
  new ResizeObserver(() => {
    clearTimeout(fitting);
    fitting = setTimeout(() => {
      if (!root.dataset.ready) return;
      const holder = $("table").querySelector(".tabulator-tableholder");
      const top = holder.scrollTop;
      table.redraw();
      holder.scrollTop = top;
      requestAnimationFrame(() => toRow(state.selected));
    }, 60);
  }).observe($("table"));
  function start() {
    if (state.lang !== data.language) translate();
    estimate();
    readFilters(new URLSearchParams(location.hash.slice(1)));
    for (const section of sections) near.observe(section);
    buildFilters();
    sift();
    buildTable();
    showCount();
    showArticles();
    inspect();
    followAddress(true);
    if (kept) fold();
  }
  const openArticle = () => Math.max(0, sections.findIndex((section) => !section.hidden && section.getBoundingClientRect().bottom > pane.getBoundingClientRect().top + 8));
  window.extractReport = { $, data, rows, say, word, node, state, spell, quantity, download, select, inspect, apply, active, refresh, sections, set, openArticle, hooks, start };
})();
