// What makes Rowgate's pages better. They do all their work without it.
"use strict";

const make = (name, properties) => Object.assign(document.createElement(name), properties);
const each = (selector, body) => document.querySelectorAll(selector).forEach(body);

/** The summary of what went wrong is where reading goes on. */
function focusProblem() {
  const problem = document.querySelector("[data-focus]");
  if (problem) problem.focus();
}

/** A status that was there when the page came is only read out when it changes. */
function announceNotice() {
  each("[data-announce] p", (line) => {
    const text = line.textContent;
    line.textContent = "";
    setTimeout(() => { line.textContent = text; }, 150);
  });
}

function markCurrentPage() {
  each(".main-nav a", (link) => {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
  });
}

/** What somebody uses to fix cells. */
function fixFields() {
  return [...document.querySelectorAll("[data-stay] :is(input:not([type=hidden]), select, button)")];
}

/** After a cell is fixed in the middle of a page, the page stays where it was. */
function keepPlace() {
  const key = "place " + location.pathname;
  // What is fixed is checked again first: the place waits for the page that shows it.
  const isBusy = document.querySelector("[data-progress]");
  const kept = isBusy ? null : sessionStorage.getItem(key);
  if (!isBusy) sessionStorage.removeItem(key);
  if (kept) {
    const place = JSON.parse(kept);
    scrollTo(0, place.top);
    const fields = fixFields();
    const next = fields[Math.min(place.index, fields.length - 1)];
    if (next && !document.querySelector("[data-focus]")) next.focus({ preventScroll: true });
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-stay]")) return;
    const fields = fixFields();
    const index = fields.findIndex((field) => event.target.contains(field));
    sessionStorage.setItem(key, JSON.stringify({ top: scrollY, index }));
  });
}

/** Asks every second how far the check is, and shows the result when it is there. */
function followProgress(section) {
  const bar = section.querySelector("progress");
  const tell = (state) => {
    each("[data-tell]", (line) => {
      const text = state[line.dataset.tell] || "";
      if (line.textContent !== text) line.textContent = text;
    });
    if (state.share) bar.value = state.share;
    else bar.removeAttribute("value");
  };
  const ask = async () => {
    if (!section.isConnected) return;
    try {
      const answer = await fetch(section.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.status < 500) {
        const isAnswer = answer.ok && (answer.headers.get("Content-Type") || "").includes("json");
        const state = isAnswer ? await answer.json() : {};
        if (!state.isBusy) return location.reload();
        tell(state);
      }
    } catch {
      // The connection is away for a moment: the check goes on without us.
    }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}

function address() {
  return location.pathname + location.search;
}

/** What the page on the screen is the answer to. */
let shown = address();

/** Puts the page that the server answered with in the place of this one; asking for it again
    would cost a second answer and lose what is said only once. */
function showAnswer(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  document.title = page.title;
  document.querySelector("main").replaceWith(document.importNode(main, true));
  if (request.status < 400) history.pushState(null, "", request.responseURL);
  shown = address();
  scrollTo(0, 0);
  document.querySelector("main").focus({ preventScroll: true });
  improve();
  return true;
}

/** Bytes as the server tells them: 8.4 MB. */
function sizeText(bytes) {
  const isSmall = bytes < 2 ** 20;
  const count = bytes / (isSmall ? 2 ** 10 : 2 ** 20);
  const digits = { maximumFractionDigits: count < 100 ? 1 : 0, useGrouping: false };
  return count.toLocaleString(document.documentElement.lang, digits) + (isSmall ? " kB" : " MB");
}

/** How long it will take yet, once there is ground to say so. */
function timeLeft(texts, seconds, share) {
  if (seconds < 2 || share < 0.02) return "";
  const left = Math.ceil((seconds / share) * (1 - share));
  if (left <= 5) return texts.leftFew;
  if (left < 58) return texts.leftSeconds.replace("{count}", Math.ceil(left / 5) * 5);
  const minutes = Math.max(1, Math.round(left / 60));
  return minutes === 1 ? texts.leftMinute : texts.leftMinutes.replace("{count}", minutes);
}

/** Sends a file and tells how much of it has gone. */
function send(form) {
  const request = new XMLHttpRequest();
  const bar = make("progress", { max: 1, value: 0 });
  const line = make("p", { className: "sending", textContent: form.dataset.sending });
  const sent = make("p", { className: "sending" });
  const start = performance.now();
  bar.setAttribute("aria-label", form.dataset.sending);
  line.setAttribute("role", "status");
  const body = new FormData(form);
  each("button", (button) => { button.disabled = true; });
  form.querySelectorAll(".sending, progress").forEach((old) => old.remove());
  form.append(bar, line, sent);
  const end = () => {
    bar.remove();
    sent.remove();
    each("button", (button) => { button.disabled = false; });
  };
  const broken = () => {
    end();
    line.setAttribute("role", "alert");
    line.textContent = form.dataset.broken;
  };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const share = event.loaded / event.total;
    bar.value = share;
    const size = form.dataset.sent.replace("{sent}", sizeText(event.loaded))
      .replace("{size}", sizeText(event.total));
    const left = timeLeft(form.dataset, (performance.now() - start) / 1000, share);
    sent.textContent = left && share < 1 ? `${size}, ${left}` : size;
  });
  request.addEventListener("error", broken);
  request.addEventListener("load", () => {
    end();
    if (!showAnswer(request)) broken();
  });
  request.open("POST", form.action);
  request.send(body);
}

function dropZone(form) {
  const input = form.querySelector("input[type=file]");
  form.querySelector(".drop-text").hidden = false;
  const over = (isOver) => form.classList.toggle("over", isOver);
  form.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length > 1) {
      form.querySelectorAll(".sending").forEach((old) => old.remove());
      const line = make("p", { className: "sending", textContent: form.dataset.one });
      line.setAttribute("role", "alert");
      form.append(line);
    } else if (event.dataTransfer.files.length === 1) {
      input.files = event.dataTransfer.files;
      send(form);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

/** A list offers what goes with what stands in its field: all of it, once that is typed over. */
function offerAll(input) {
  input.addEventListener("focus", () => input.select());
}

function selectAll(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  if (boxes.length < 2) return;
  const all = make("input", { type: "checkbox" });
  const label = make("label");
  label.append(all, make("span", { textContent: form.dataset.all }));
  const line = make("p", { className: "check all" });
  line.append(label);
  form.prepend(line);
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", tell));
}

function copyButton(input) {
  if (!navigator.clipboard) return;
  const said = make("span", { className: "hint" });
  said.setAttribute("role", "status");
  const button = make("button", { type: "button", textContent: input.dataset.copy });
  button.addEventListener("click", async () => {
    input.select();
    await navigator.clipboard.writeText(input.value);
    said.textContent = input.dataset.copied;
  });
  const line = make("p", { className: "buttons" });
  line.append(button, said);
  input.closest(".field").after(line);
}

function improve() {
  focusProblem();
  announceNotice();
  each("[data-progress]", followProgress);
  each("[data-drop]", dropZone);
  each("[data-all]", selectAll);
  each("[data-copy]", copyButton);
  each(".fixes input[list]", offerAll);
}

markCurrentPage();
keepPlace();
improve();
// A place within the page is no other page.
addEventListener("popstate", () => {
  if (address() !== shown) location.reload();
});
