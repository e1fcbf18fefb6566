/* The review in the report: right, wrong, corrected, deleted, added; kept in the browser, exported and loaded as
   review.jsonl (docs/trust.md). It hooks into report.js and starts it. */
"use strict";
(() => {
  const { $, data, rows, say, word, node, state, spell, quantity, download, select, inspect, apply, active, refresh, sections, set, openArticle, hooks, start } = window.extractReport;
  const CELLS = data.cells;
  const FIRST = ["value", "unit", "item", "subject", "kind", "period"]; // what is corrected most stands first in the form
  const NUMBERS = new Set(["value", "low", "high"]);
  const CHOICES = {
    kind: () => data.kinds, change: () => ["", ...Object.keys(data.words.en.change)], qualifier: () => Object.keys(data.words.en.qualifier),
  };
  const VERDICTS = ["right", "wrong", "corrected", "deleted", "added"];
  const SIGNS = { right: "✓", wrong: "✗", corrected: "✎", deleted: "–", added: "+" };

  // Records, by text and span

  const records = new Map(); // `${digest} ${start} ${end}` → record
  const sourceOf = new Map(data.sources.map((name, i) => [data.digests[i], i]));
  const keyOf = (source, start, end) => `${data.digests[source]} ${start} ${end}`;
  const sourceAt = (row) => data.articles.source[row.at];
  const keyOfRow = (row) => keyOf(sourceAt(row), row.start, row.end);
  const of = (row) => records.get(keyOfRow(row));
  const verdict = (row) => of(row)?.verdict ?? "";

  function made(row, verdict, cells) {
    const was = Object.fromEntries(CELLS.map((name) => [name, row[name]]));
    const source = sourceAt(row);
    return { digest: data.digests[source], source: data.sources[source], start: row.start, end: row.end, text: row.text, verdict, cells, was, sentence: row.sentence, weight: drawn(row) || (of(row)?.weight ?? 0) };
  }
  /* How many rows a row stands for: as this sheet drew it, or as the sheet did in which it was judged before. */
  const drawn = (row) => data.weights?.[row.n - 1] ?? 0;
  function weigh() {
    for (const row of data.weights ? rows : []) {
      const record = of(row);
      if (record && drawn(row)) record.weight = drawn(row);
    }
  }

  /* A line of review.jsonl. Numbers that JavaScript would round are digits here and in the line. */
  function line(record) {
    const cell = (name, value) => (value !== null && NUMBERS.has(name) ? spell(value) : JSON.stringify(value));
    const object = (cells) => `{${Object.entries(cells).map(([name, value]) => `${JSON.stringify(name)}: ${cell(name, value)}`).join(", ")}}`;
    const plain = ["digest", "source", "start", "end", "text", "verdict"].map((name) => `${JSON.stringify(name)}: ${JSON.stringify(record[name])}`);
    const parts = ["cells", "was"].filter((name) => Object.keys(record[name] ?? {}).length).map((name) => `"${name}": ${object(record[name])}`);
    if (record.sentence) parts.push(`"sentence": ${JSON.stringify(record.sentence)}`);
    if (record.weight) parts.push(`"weight": ${record.weight}`);
    return `{${[...plain, ...parts].join(", ")}}`;
  }
  function parsed(text) {
    const record = JSON.parse(text.replace(/("(?:value|low|high)":\s*)(-?\d{16,})(?=\s*[,}])/g, '$1"$2"'));
    const span = Number.isInteger(record.start) && Number.isInteger(record.end) && record.start < record.end;
    if (!span || !VERDICTS.includes(record.verdict) || typeof record.digest !== "string") throw new Error("no record");
    return { source: "", text: "", sentence: "", weight: 0, ...record, cells: record.cells ?? {}, was: record.was ?? {} };
  }
  const exported = () => [...records.values()].sort((a, b) => sourceOf.get(a.digest) - sourceOf.get(b.digest) || a.start - b.start || a.end - b.end).map(line);

  /* Take in lines; how many are of this page, of other texts, and no records. */
  function load(text) {
    const found = { here: 0, elsewhere: 0, wrong: 0 };
    for (const one of text.split(/\r?\n/)) {
      if (!one.trim()) continue;
      let record;
      try { record = parsed(one); } catch { found.wrong += 1; continue; }
      const source = sourceOf.get(record.digest);
      if (source === undefined) { found.elsewhere += 1; continue; }
      records.set(keyOf(source, record.start, record.end), record);
      found.here += 1;
    }
    return found;
  }

  // Kept in the browser, a text each, under the digest of the text

  const place = (digest) => `extract-review-${digest}`;
  function keep(digest) {
    const lines = [...records.values()].filter((record) => record.digest === digest).map(line).join("\n");
    try {
      if (lines) localStorage.setItem(place(digest), lines); else localStorage.removeItem(place(digest));
    } catch { tell(say("not_kept")); }
  }
  function recall() {
    for (const digest of sourceOf.keys()) {
      try { load(localStorage.getItem(place(digest)) ?? ""); } catch { return; }
    }
  }

  // Verdicts

  function judge(row, verdict, cells = {}) {
    if (verdict) records.set(keyOfRow(row), made(row, verdict, cells));
    else records.delete(keyOfRow(row));
    keep(data.digests[sourceAt(row)]);
    changed(row.n);
  }
  function changed(n) {
    if (n) refresh(n);
    showProgress();
    if (state.chosen.verdict) apply();
    else inspect();
  }
  /* The next row of the table that nobody has judged, after the selected one; 0 if there is none. */
  function following() {
    const { numbers, place } = active();
    const at = place.get(state.selected) ?? -1;
    const rest = [...numbers.slice(at + 1), ...numbers.slice(0, Math.max(0, at))];
    return rest.find((number) => !verdict(rows[number - 1])) ?? 0;
  }
  function go(n) {
    if (n) select(n, "keys");
    else tell(say("all_reviewed"));
  }
  const selected = () => (state.selected ? rows[state.selected - 1] : null);
  function settle(name, cells = {}) {
    const row = selected();
    const n = following(); // first, for a filter can take the row away
    if (row) judge(row, name, cells);
    go(n);
  }

  // The form: the cells of a row, or of a figure that was missed

  let form = null; // what is being corrected: { row } or { added: record }
  function field(name, value) {
    let input;
    if (CHOICES[name]) {
      input = node("select", { name });
      for (const choice of CHOICES[name]()) input.append(node("option", { value: choice, text: word(name, choice) || "–" }));
      input.value = value ?? "";
    } else {
      input = node("input", { name, type: "text", autocomplete: "off" });
      input.value = NUMBERS.has(name) ? spell(value) : value ?? "";
    }
    return node("label", {}, node("span", { text: word("column", name) }), input);
  }
  /* The cell that a field holds; undefined if it is no number. */
  function cellOf(input) {
    if (!NUMBERS.has(input.name)) return input.value.trim();
    const text = input.value.trim();
    if (text === "") return null;
    const bare = text.replace(/,/g, "");
    return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(bare) ? (/\d{16,}/.test(bare) ? bare : Number(bare)) : quantity(text) ?? undefined;
  }
  function buildForm() {
    const { row, added } = form;
    const now = row ? { ...row, ...of(row)?.cells } : { qualifier: "exact", kind: "items", value: null, low: null, high: null, ...added.cells };
    const fields = [...FIRST, ...CELLS.filter((name) => !FIRST.includes(name))].map((name) => field(name, now[name]));
    const made = node("form", { id: "correction", onsubmit: (event) => { event.preventDefault(); submit(made); } });
    if (added) {
      const input = node("input", { name: "text", type: "text", required: "", autocomplete: "off" });
      input.value = added.text;
      made.append(node("p", { class: "note", text: say("add_hint") }), node("label", {}, node("span", { text: word("column", "text") }), input));
    }
    made.append(...fields, node("span", { class: "buttons" }, node("button", { text: say("save") }), node("button", { type: "button", text: say("cancel"), onclick: closeForm })));
    made.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); closeForm(); }
      if (event.key === "Enter" && event.target.localName === "select") { event.preventDefault(); made.requestSubmit(); }
    });
    return made;
  }
  function submit(made) {
    const { row, added } = form;
    const cells = {};
    for (const input of made.elements) {
      if (!CELLS.includes(input.name)) continue;
      const cell = cellOf(input);
      input.setAttribute("aria-invalid", String(cell === undefined));
      if (cell === undefined) { input.focus(); return; }
      const other = (NUMBERS.has(input.name) ? spell(cell) : cell) !== (NUMBERS.has(input.name) ? spell(row?.[input.name]) : row?.[input.name]);
      if (added ? cell !== "" && cell !== null : other) cells[input.name] = cell;
    }
    if (added && !put(made.elements.namedItem("text"), cells)) return;
    form = null;
    if (row) settle(Object.keys(cells).length ? "corrected" : "right", cells);
    else changed(0);
    document.activeElement?.blur();
  }
  function closeForm() { form = null; document.activeElement?.blur(); inspect(); }
  function correct() {
    const row = selected();
    if (!row) { go(following()); return; }
    form = { row };
    inspect();
    $("correction").querySelector("input").select();
  }

  // Figures that were missed: text of an article, marked with the mouse or typed

  /* The text nodes of an article as its blocks have them, without its head line. */
  function* texts(section) {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.parentElement.closest("p:not(.where), h3, h4")) yield walker.currentNode;
  }
  const shownLength = (text) => text.replace(/\[U\+[0-9A-F]{4,}\]/g, "?").length;
  const points = (text) => [...text].length; // offsets count characters, not halves of them
  function articleText(at) {
    set(sections[at]);
    return [...texts(sections[at])].map((one) => one.data).join("");
  }
  /* The offset in the source of a character of an article, as it is shown. */
  function sourceOffset(at, index) {
    const seams = data.seams[at];
    let passed = 0;
    for (let i = 0; i < seams.length; i += 2) {
      if (index < passed + seams[i]) return seams[i + 1] + index - passed;
      passed += seams[i];
    }
    return null;
  }
  function spanOf(at, first, end) {
    const text = articleText(at).replace(/\[U\+[0-9A-F]{4,}\]/g, "?");
    const [from, to] = [points(text.slice(0, first)), points(text.slice(0, end))];
    const [start, last] = [sourceOffset(at, from), sourceOffset(at, to - 1)];
    return start === null || last === null ? null : [start, last + 1];
  }
  /* What is marked with the mouse: the article, and the place in its text. */
  function marked() {
    const chosen = window.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const section = range.startContainer.parentElement?.closest("#articles article");
    if (!section || !section.contains(range.endContainer)) return null;
    let passed = 0;
    const bounds = [null, null];
    for (const one of texts(section)) {
      if (one === range.startContainer) bounds[0] = passed + shownLength(one.data.slice(0, range.startOffset));
      if (one === range.endContainer) bounds[1] = passed + shownLength(one.data.slice(0, range.endOffset));
      passed += shownLength(one.data);
    }
    return bounds.includes(null) || bounds[0] >= bounds[1] ? null : { at: sections.indexOf(section), first: bounds[0], end: bounds[1], text: chosen.toString().trim() };
  }
  function add() {
    const found = marked();
    form = { added: { at: found?.at ?? selected()?.at ?? openArticle(), text: found?.text ?? "", found, cells: {} } };
    inspect();
    const input = $("correction").elements.namedItem(found ? "value" : "text");
    input.focus();
    input.select();
  }
  /* The text that is asked for, where no figure stands yet; null if there is none. */
  function findText(at, wanted) {
    const text = articleText(at);
    for (let first = text.indexOf(wanted); first >= 0; first = text.indexOf(wanted, first + 1)) {
      const span = spanOf(at, shownLength(text.slice(0, first)), shownLength(text.slice(0, first + wanted.length)));
      const taken = span && (rows.some((row) => row.at === at && row.start < span[1] && span[0] < row.end) || records.has(keyOf(data.articles.source[at], ...span)));
      if (span && !taken) return span;
    }
    return null;
  }
  function put(input, cells) {
    const { at, found } = form.added;
    const text = input.value.trim();
    const span = text === "" ? null : found && text === found.text ? spanOf(at, found.first, found.end) : findText(at, text);
    input.setAttribute("aria-invalid", String(!span));
    if (!span) { input.focus(); tell(say("not_found")); return false; }
    const source = data.articles.source[at];
    records.set(keyOf(source, ...span), { digest: data.digests[source], source: data.sources[source], start: span[0], end: span[1], text, verdict: "added", cells, was: {}, sentence: "", weight: 0 });
    keep(data.digests[source]);
    tell(`${say("added")}: ${text}`);
    return true;
  }

  // What is shown

  hooks.keys = {
    y: () => settle("right"), n: () => settle("wrong"), d: () => settle("deleted"), c: correct, a: add,
    u: () => { const row = selected(); if (row) judge(row, ""); }, s: () => save(),
  };
  hooks.lists.verdict = (row) => (verdict(row) ? "some" : "none");
  hooks.row = (row, element) => { element.dataset.verdict = verdict(row); };
  hooks.selected = () => { form = null; };
  hooks.details = (row) => {
    if (form) return [buildForm()];
    if (!row) return [];
    const now = of(row);
    const button = (name, key, work) => node("button", { type: "button", "data-verdict": name, "aria-pressed": String(now?.verdict === name), onclick: work }, node("kbd", { text: key }), " ", say(name));
    const parts = [node("div", { class: "verdicts" }, button("right", "y", () => settle("right")), button("wrong", "n", () => settle("wrong")), button("corrected", "c", correct),
      button("deleted", "d", () => settle("deleted")), node("button", { type: "button", onclick: () => judge(row, "") }, node("kbd", { text: "u" }), " ", say("undo")), node("button", { type: "button", onclick: add }, node("kbd", { text: "a" }), " ", say("add")))];
    if (now && Object.keys(now.cells).length) {
      const cells = Object.entries(now.cells).map(([name, cell]) => `${word("column", name)}: ${NUMBERS.has(name) ? spell(cell) : word(name, cell) || "–"}`);
      parts.push(node("p", { class: "corrections", text: `${SIGNS.corrected} ${cells.join("; ")}` }));
    }
    return parts;
  };
  function tell(words) { $("review-told").textContent = words; }
  function showProgress() {
    const judged = rows.filter((row) => verdict(row)).length;
    const added = [...records.values()].filter((record) => record.verdict === "added");
    $("review-count").textContent = judged || data.sheet ? `${judged} / ${rows.length}` : "";
    $("review-added").replaceChildren(...added.map((record) => node("li", {}, node("bdi", { text: record.text }), " ",
      node("button", { type: "button", "aria-label": say("undo"), text: "×", onclick: () => { records.delete(keyOf(sourceOf.get(record.digest), record.start, record.end)); keep(record.digest); changed(0); } }))));
  }
  function save() {
    const lines = exported();
    if (lines.length) download("review.jsonl", "application/jsonl", lines.join("\n") + "\n");
    else tell(say("nothing_reviewed"));
  }
  async function loadFile() {
    const [file] = $("review-file").files;
    if (!file) return;
    const found = load(await file.text());
    $("review-file").value = "";
    weigh();
    for (const digest of sourceOf.keys()) keep(digest);
    tell([[found.here, "loaded"], [found.elsewhere, "of_other_texts"], [found.wrong, "no_records"]].filter(([count]) => count).map(([count, key]) => `${count} ${say(key)}`).join(", "));
    refresh(0);
    changed(0);
  }

  $("review-save").addEventListener("click", save);
  $("review-load").addEventListener("click", () => $("review-file").click());
  $("review-file").addEventListener("change", loadFile);
  $("review-show").addEventListener("change", () => { state.chosen.verdict = $("review-show").value; apply(); });
  window.extractReview = { spanOf, articleText }; // for tests
  recall();
  weigh();
  start();
  showProgress();
})();
