/* What the page does when it is used. Start at the end: `listen` ties what the reader does to what happens.
   Everything shown is set as text, never as HTML. */
"use strict";

const { words, facts, entities } = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const all = (query, within = document) => [...within.querySelectorAll(query)];
const numbers = (text) => (text ? text.split(" ").map(Number) : []);

const marks = all(".paper .m");
const stops = marks.filter((mark) => mark.hasAttribute("role"));
const rows = all("tbody tr");
const bars = all(".chart .row");
const lines = all(".paper p");
const isPhone = matchMedia("(max-width: 860px)");

/* Which marks belong to a fact, by the part they play in it. */
const PARTS = ["quantity", "indicator", "reference", "period"];
const partsOf = facts.map(() => Object.fromEntries(PARTS.map((part) => [part, []])));
const marksOfEntity = entities.map(() => []);
for (const mark of marks) {
  for (const part of PARTS) {
    for (const number of numbers(mark.dataset[part])) partsOf[number][part].push(mark);
  }
  for (const number of numbers(mark.dataset.entity)) marksOfEntity[number].push(mark);
}

/* ---- Language ---- */

const say = (name, values = {}) =>
  (words[root.lang][name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

function setLanguage(language) {
  root.lang = language;
  for (const element of all("[data-t]")) element.textContent = say(element.dataset.t, element.dataset);
  for (const element of all("[data-zh]")) element.textContent = element.dataset[language];
  for (const element of all("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of all("[data-hint]")) element.placeholder = say(element.dataset.hint);
  for (const button of all("[data-lang]")) button.setAttribute("aria-pressed", button.dataset.lang === language);
  showBound();
  showCount();
  showHits();
  if (chosen) showCard();
}

/* ---- Choosing a fact or an entity ---- */

let chosen = null; // { things: [{ fact } or { entity }, …], at }
const now = () => chosen.things[chosen.at];

function clear() {
  for (const element of all(".on, .linked")) element.classList.remove("on", "linked");
  for (const row of all("tr[aria-selected='true'], tr.group")) {
    row.setAttribute("aria-selected", "false");
    row.classList.remove("group");
  }
  for (const bar of all(".row[aria-current]")) bar.removeAttribute("aria-current");
  chosen = null;
  byId("card").hidden = true;
}

function choose(things, at = 0) {
  clear();
  chosen = { things, at };
  for (const { fact } of things) if (fact !== undefined) rows[fact].classList.add("group");
  const thing = now();
  if (thing.fact === undefined) {
    for (const mark of marksOfEntity[thing.entity]) mark.classList.add("on");
  } else {
    light(thing.fact);
  }
  showCard();
}

function light(number) {
  const { quantity } = partsOf[number];
  for (const part of PARTS) for (const mark of partsOf[number][part]) mark.classList.add("on");
  for (const other of [facts[number].of, ...facts[number].by]) {
    if (other !== null) for (const mark of partsOf[other].quantity) mark.classList.add("linked");
  }
  rows[number].setAttribute("aria-selected", "true");
  makeStop(rows, rows[number]);
  const stop = quantity.find((mark) => mark.hasAttribute("role"));
  if (stop) makeStop(stops, stop);
  for (const bar of bars) if (Number(bar.dataset.fact) === number) bar.setAttribute("aria-current", "true");
}

/* One element of a list takes part in the order of Tab; the arrow keys move between them. */
function makeStop(list, element) {
  if (list.stop) list.stop.tabIndex = -1;
  element.tabIndex = 0;
  list.stop = element;
}

const markOf = (thing) => (thing.fact === undefined ? marksOfEntity[thing.entity][0] : partsOf[thing.fact].quantity[0]);

function showInText() {
  markOf(now())?.scrollIntoView({ block: "center" });
}

function showInTable() {
  const { fact } = now();
  if (fact === undefined) return;
  openTab(byId("tab-facts"));
  rows[fact].hidden = false;
  rows[fact].scrollIntoView({ block: "center" });
}

/* What a mark belongs to, the nearest first: its own value, then the facts that share it, then the name it is. */
function thingsAt(mark) {
  const shared = [...new Set(PARTS.flatMap((part) => numbers(mark.dataset[part])))];
  return [...shared.map((fact) => ({ fact })), ...numbers(mark.dataset.entity).reverse().map((entity) => ({ entity }))];
}

const isSame = (one, other) => one.length === other.length && one.every((thing, n) => thing.fact === other[n].fact && thing.entity === other[n].entity);

function chooseMark(mark) {
  const things = thingsAt(mark);
  const again = chosen && isSame(things, chosen.things);
  choose(things, again ? (chosen.at + 1) % things.length : 0);
  if (mark.hasAttribute("role")) makeStop(stops, mark);
  if (isPhone.matches) mark.scrollIntoView({ block: "nearest" }); // out from under the card
  else if (byId("panel-charts").hidden) showInTable();
  else document.querySelector(".row[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function chooseFact(number) {
  choose([{ fact: number }]);
  showInText();
}

/* ---- The card ---- */

function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function definition(name, ...parts) {
  const pair = element("div", "", name === "indicator_id" ? { class: "wide" } : {});
  const value = element("dd");
  value.append(...parts);
  pair.append(element("dt", say(name)), value);
  return pair;
}

const factButton = (number) => element("button", `#${number}`, { type: "button", "data-go": number });

function factHead(number) {
  const head = element("header");
  const [what, value, role] = [".what", ".value", ".role"].map((query) => rows[number].querySelector(`td${query}`));
  head.append(element("span", `#${number}`, { class: "number" }), element("h2", what.firstChild?.textContent ?? "", { lang: "zh-CN" }));
  head.append(element("span", value.textContent, { class: "value" }), ...[...role.children].map((chip) => chip.cloneNode(true)));
  return head;
}

function factList(number) {
  const { details, of, by } = facts[number];
  const list = element("dl");
  for (const [name, text] of details) list.append(definition(name, text));
  if (of !== null) list.append(definition("of", factButton(of)));
  if (by.length) list.append(definition("qualified_by", ...by.map(factButton)));
  return list;
}

function entityParts({ label, text, name, id }) {
  const head = element("header");
  head.append(element("h2", text, { lang: "zh-CN" }), element("span", say(label), { class: "number" }));
  const list = element("dl");
  if (name) list.append(definition("name", name));
  if (id && id !== name) list.append(definition("code", id));
  return [head, list];
}

function showCard() {
  const card = byId("card");
  const { fact, entity } = now();
  const parts = fact === undefined ? entityParts(entities[entity]) : [factHead(fact), factList(fact)];
  card.replaceChildren(...parts, acts(fact !== undefined));
  card.hidden = false;
  byId("said").textContent = [...parts[0].children].map((part) => part.textContent).join(" ");
}

function acts(isFact) {
  const row = element("div", "", { class: "acts" });
  const add = (name) => row.append(element("button", say(name), { type: "button", "data-act": name }));
  if (chosen.things.length > 1) {
    add("previous");
    row.append(element("small", say("one_of", { n: chosen.at + 1, all: chosen.things.length })));
    add("next");
  }
  add("in_text");
  if (isFact) add("in_table");
  add("close");
  return row;
}

const ACTS = {
  previous: () => step(-1),
  next: () => step(1),
  in_text: showInText,
  in_table: showInTable,
  close: clear,
};

function step(by) {
  const { things, at } = chosen;
  choose(things, (at + by + things.length) % things.length);
  if (!isPhone.matches) showInTable();
}

/* ---- Filters ---- */

const off = { kinds: new Set(), roles: new Set() };
const searchable = rows.map((row, number) => {
  const cells = all(".what, .value", row).map((cell) => cell.textContent);
  return [...cells, ...facts[number].details.map(([, text]) => text)].join(" ").toLowerCase();
});
const query = () => byId("search").value.trim().toLowerCase();

function passes(number) {
  const [role, status] = rows[number].classList;
  const programme = byId("programme")?.value ?? "";
  const bound = Number(byId("below").value);
  return (
    !off.roles.has(role) &&
    ["", status].includes(byId("status").value) &&
    ["", facts[number].programme].includes(programme) &&
    (bound >= 1 || facts[number].sure < bound) &&
    searchable[number].includes(query())
  );
}

function filter() {
  root.dataset.off = [...off.kinds].join(" ");
  rows.forEach((row, number) => {
    row.hidden = !passes(number);
    for (const mark of partsOf[number].quantity) mark.classList.toggle("off", row.hidden);
  });
  for (const bar of bars) bar.parentElement.hidden = rows[Number(bar.dataset.fact)].hidden;
  const first = rows.find((row) => !row.hidden);
  if (first && rows.stop?.hidden !== false) makeStop(rows, first);
  showBound();
  showCount();
}

function showBound() {
  const bound = Number(byId("below").value);
  byId("below-text").textContent = bound >= 1 ? say("below_any") : bound.toFixed(2);
}

function showCount() {
  const shown = rows.filter((row) => !row.hidden).length;
  byId("shown").textContent = rows.length ? say("shown", { n: shown, all: rows.length }) : "";
  if (byId("none-shown")) byId("none-shown").hidden = shown > 0;
}

function toggle(button, set, name) {
  const isOn = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", isOn);
  if (isOn) set.delete(name);
  else set.add(name);
  filter();
}

/* ---- Search in the text ---- */

let hits = [];
let hit = -1;

/* Return the places of the words in a line as ranges; a place may run over several marks. */
function rangesIn(line, wanted) {
  const text = line.textContent.toLowerCase();
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) found.push(at);
  if (!found.length) return [];
  const nodes = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let start = 0; walker.nextNode(); start += walker.currentNode.length) nodes.push({ node: walker.currentNode, start });
  const place = (at) => {
    const { node, start } = nodes.findLast((each) => each.start <= at);
    return [node, Math.min(at - start, node.length)];
  };
  return found.map((at) => {
    const range = new Range();
    range.setStart(...place(at));
    range.setEnd(...place(at + wanted.length));
    return range;
  });
}

function search() {
  hits = query() ? lines.flatMap((line) => rangesIn(line, query())) : [];
  hit = -1;
  if (window.Highlight) {
    CSS.highlights.set("found", new Highlight(...hits));
    CSS.highlights.delete("found-now");
  }
  filter();
  if (hits.length) goToHit(1);
  showHits();
}

function goToHit(by) {
  if (!hits.length) return;
  hit = (Math.max(hit + by, hit < 0 ? 0 : -1) + hits.length) % hits.length;
  if (window.Highlight) CSS.highlights.set("found-now", new Highlight(hits[hit]));
  if (!isPhone.matches) hits[hit].startContainer.parentElement.scrollIntoView({ block: "center" });
  showHits();
}

function showHits() {
  const none = query() ? say("found_none") : "";
  byId("hits").textContent = hits.length ? say("found", { n: hit + 1, all: hits.length }) : none;
}

/* ---- Tabs ---- */

const tabs = all("[role='tab']");

function openTab(tab) {
  for (const each of tabs) {
    const isOpen = each === tab;
    each.setAttribute("aria-selected", isOpen);
    each.tabIndex = isOpen ? 0 : -1;
    byId(each.getAttribute("aria-controls")).hidden = !isOpen;
  }
}

/* ---- Keys ---- */

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function neighbour(list, element, key) {
  if (key === "Home") return list[0];
  if (key === "End") return list.at(-1);
  return list[list.indexOf(element) + STEPS[key]];
}

/* Let the keys move within a list: arrows choose the next one, Enter or Space goes over to the other side. */
function keysIn(container, current, list, onMove, onEnter) {
  container?.addEventListener("keydown", (event) => {
    const element = event.target.closest(current);
    if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const next = neighbour(list(), element, event.key);
      if (next) {
        onMove(next);
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest" });
      }
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onEnter(element);
    }
  });
}

const numberOf = (row) => rows.indexOf(row);

function enterRow(row) {
  chooseFact(numberOf(row));
  stops.stop?.focus({ preventScroll: true });
}

function enterMark(mark) {
  if (!mark.classList.contains("on")) chooseMark(mark);
  const { fact } = now();
  if (fact === undefined) return byId("card").querySelector("[data-act='close']").focus();
  showInTable();
  return rows[fact].focus({ preventScroll: true });
}

function leave(event) {
  if (event.key !== "Escape" || !chosen) return;
  const { fact } = now();
  const wasInCard = byId("card").contains(document.activeElement);
  clear();
  if (wasInCard) (fact === undefined ? stops.stop : rows[fact])?.focus({ preventScroll: true });
}

/* ---- What the reader does ---- */

function listen() {
  const on = (container, type, query, act) =>
    container?.addEventListener(type, (event) => {
      const element = event.target.closest(query);
      if (element) act(element, event);
    });

  on(document.querySelector(".paper"), "click", ".m", chooseMark);
  on(document.querySelector("tbody"), "click", "tr", (row) => chooseFact(numberOf(row)));
  on(byId("facts"), "click", "[data-fact]", (button) => chooseFact(Number(button.dataset.fact)));
  on(byId("card"), "click", "[data-act]", (button) => ACTS[button.dataset.act]());
  on(byId("card"), "click", "[data-go]", (button) => {
    chooseFact(Number(button.dataset.go));
    if (!isPhone.matches) showInTable();
  });
  on(document, "click", "[data-lang]", (button) => setLanguage(button.dataset.lang));
  on(document, "click", ".key[data-role]", (button) => toggle(button, off.roles, button.dataset.role));
  on(document, "click", ".key[data-kind]", (button) => toggle(button, off.kinds, button.dataset.kind));
  on(document, "click", "[role='tab']", openTab);

  const form = document.querySelector(".filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => (event.target.id === "search" ? search() : filter()));
  form.addEventListener("reset", () => {
    for (const key of all(".key")) key.setAttribute("aria-pressed", "true");
    off.kinds.clear();
    off.roles.clear();
    setTimeout(search); // the controls are reset after this event
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") goToHit(event.shiftKey ? -1 : 1);
  });

  keysIn(document.querySelector(".paper"), "[role='button']", () => stops, chooseMark, enterMark);
  keysIn(document.querySelector("tbody"), "tr", () => rows.filter((row) => !row.hidden), (row) => chooseFact(numberOf(row)), enterRow);
  keysIn(document.querySelector(".tabs"), "[role='tab']", () => tabs, openTab, openTab);
  document.addEventListener("keydown", leave);
}

function openAtFact() {
  const named = /^#fact-(\d+)$/.exec(location.hash);
  if (!named || !facts[Number(named[1])]) return;
  chooseFact(Number(named[1]));
  showInTable();
}

listen();
if (tabs.length) openTab(tabs[0]);
if (stops.length) makeStop(stops, stops[0]);
if (rows.length) makeStop(rows, rows[0]);
document.querySelector(".legend").open = !isPhone.matches;
filter();
openAtFact();
