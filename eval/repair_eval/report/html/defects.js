"use strict";
// The list of defects: a filter, and candidates that are unpacked when somebody opens a defect.
// Everything is put in as text; nothing that a model wrote becomes markup.
const data = JSON.parse(document.getElementById("data").textContent);
const packs = new Map();

function unpack(number) {
  if (!packs.has(number)) packs.set(number, read(number));
  return packs.get(number);
}

async function read(number) {
  const text = atob(document.getElementById(`pack-${number}`).textContent);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function mark(outcome) {
  return element("b", `mark ${outcome.replace(" ", "-")}`, data.signs[outcome]);
}

function showDiff(text) {
  if (!text) return element("p", "small", "no change");
  const block = element("pre", "diff");
  block.tabIndex = 0;
  const kinds = { "+": "added", "-": "removed", "@": "hunk" };
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const kind = /^(\+\+\+|---) /.test(line) ? "file" : kinds[line[0]] || "";
    block.append(element("span", kind, line + "\n"));
  }
  return block;
}

function showSample(sample, number, diffs) {
  const facts = [sample.origin, `${sample.lines} lines`, `${sample.seconds} s`];
  if (sample.likelihood !== null) facts.push(`log-likelihood ${sample.likelihood}`);
  if (sample.same) facts.push(sample.same);
  const head = element("p", "sample", mark(sample.verdict), ` ${number + 1}. ${sample.verdict}`);
  head.append(element("span", "small", facts.join(" · ")));
  const parts = [head];
  if (sample.reason) parts.push(element("p", "reason", sample.reason));
  parts.push(showDiff(diffs[sample.diff]));
  return element("div", "", ...parts);
}

function showAttempt(attempt, many, diffs) {
  const which = many ? `, attempt ${attempt.repeat + 1}` : "";
  const name = `${data.names[attempt.configuration]}${which}`;
  const answers = attempt.samples.length === 1 ? "1 answer" : `${attempt.samples.length} answers`;
  const summary = element("summary", "", mark(attempt.outcome), ` ${name}: ${attempt.outcome}`);
  summary.append(element("span", "small", `${answers} · ${attempt.seconds} s`));
  const box = element("details", "attempt", summary);
  if (attempt.error) box.append(element("p", "reason", attempt.error));
  if (attempt.suspicious.length)
    box.append(element("p", "small", `Suspected: ${attempt.suspicious.join(", ")}`));
  let filled = false;
  box.addEventListener("toggle", () => {
    if (filled) return;
    filled = true;
    box.append(...attempt.samples.map((sample, number) => showSample(sample, number, diffs)));
  });
  return box;
}

async function fill(box) {
  const at = Number(box.dataset.at);
  const inside = element("div", "inside");
  box.append(inside);
  try {
    const pack = await unpack(Math.floor(at / data.together));
    const defect = pack.defects[at % data.together];
    inside.append(element("p", "", defect.about));
    if (defect.fault.length)
      inside.append(element("p", "small", `Fault: ${defect.fault.join(", ")}`));
    const fix = element("details", "attempt", element("summary", "", "The reference fix"));
    fix.append(showDiff(pack.diffs[defect.fix]));
    inside.append(fix);
    const many = defect.attempts.some((attempt) => attempt.repeat > 0);
    for (const attempt of defect.attempts) inside.append(showAttempt(attempt, many, pack.diffs));
    if (!defect.attempts.length) inside.append(element("p", "small", "No attempt has ended."));
  } catch (error) {
    inside.append(element("p", "reason", `This browser cannot unpack the candidates: ${error}`));
  }
}

for (const box of document.querySelectorAll("details.defect"))
  box.addEventListener("toggle", () => {
    if (box.open && !box.querySelector(".inside")) fill(box);
  });

const filter = document.getElementById("filter");
const boxes = [...document.querySelectorAll("details.defect")].map((box) => ({
  box,
  text: box.querySelector("summary").textContent.toLowerCase(),
  marks: [...box.querySelectorAll("summary .mark")],
}));

function apply() {
  const words = filter.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const outcome = filter.outcome.value.replace(" ", "-");
  const configuration = filter.configuration.value;
  let shown = 0;
  for (const { box, text, marks } of boxes) {
    const among = configuration === "" ? marks : [marks[configuration]];
    const fits =
      words.every((word) => text.includes(word)) &&
      (!outcome || among.some((one) => one.classList.contains(outcome))) &&
      (!filter.differs.checked || "differs" in box.dataset);
    box.hidden = !fits;
    shown += fits;
  }
  filter.shown.value = `${shown} of ${boxes.length}`;
}
filter.addEventListener("input", apply);
filter.addEventListener("submit", (event) => event.preventDefault());
apply();
