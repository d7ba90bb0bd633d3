// Makes a whole page quicker: answers arrive in place, sources open beside the answer.
// Without this file every form and link does the same by loading a page.

const find = (selector, within = document) => within.querySelector(selector);
const talk = find("#talk");
const question = find("#question");
const beside = find("#beside");
const isTouch = matchMedia("(pointer: coarse)").matches;

// Enter that confirms a conversion belongs to the input method. Safari ends the composition before it
// sends that Enter, and tells it apart only by the old key code.
let composing = false;
document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", () => { composing = false; });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("input")) return;
  if (composing || event.isComposing || event.keyCode === 229) event.preventDefault();
});

if (talk) {
  document.addEventListener("submit", sendInPlace);
  document.addEventListener("click", openBeside);
  // The browser's own ways to close it; told late, when another passage may be open already.
  beside.addEventListener("close", () => { if (!beside.open) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && beside.open && !event.isComposing) close();
  });
  // A page taken out of the browser's memory shows an old conversation and old tokens.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (location.hash === "#latest") find("#latest")?.focus({ preventScroll: true });
  else if (!isTouch) question.focus({ preventScroll: true });
}

let isSending = false;

async function sendInPlace(event) {
  const form = event.target;
  if (!form.matches("[data-in-place]")) return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  const isTyped = form.id === "composer";
  const body = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
  const quiet = form.dataset.inPlace === "quiet";
  const pending = quiet ? null : showPending(body.get("question") ?? body.get("label") ?? body.get("value"));
  try {
    const response = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok) throw new Error(find("#problem", page)?.textContent);
    show(page, quiet, isTyped);
  } catch (problem) {
    pending?.remove();
    // The form keeps its words and its token: sent again, it is the same message and not a second one.
    const known = !(problem instanceof TypeError) && problem.message;
    find("#trouble").textContent = known || "つながりませんでした。もう一度送ってください。";
  } finally {
    isSending = false;
  }
}

function showPending(said) {
  const item = document.createElement("li");
  const asked = document.createElement("p");
  asked.className = "asked";
  asked.textContent = said;
  const waiting = document.createElement("p");
  waiting.className = "waiting";
  waiting.textContent = "調べています";
  item.append(asked, waiting);
  (find(".exchanges", talk) ?? talk).append(item);
  item.scrollIntoView({ block: "end" });
  return item;
}

function show(page, quiet, isTyped) {
  const pressed = quiet ? focusedButton() : null;
  talk.replaceChildren(...find("#talk", page).childNodes);
  find("#trouble").textContent = "";
  for (const token of document.querySelectorAll("#composer input[type=hidden]")) {
    token.value = find(`#composer input[name=${token.name}]`, page).value;
  }
  if (quiet) {
    pressed?.();
    return;
  }
  const latest = find("#latest");
  if (isTyped) question.value = "";
  find("#status").textContent = spoken(latest);
  // Who types goes on typing; who pressed a button, or would have a keyboard over the answer, goes to the answer.
  if (isTyped && !isTouch) question.focus({ preventScroll: true });
  else latest.focus({ preventScroll: true });
  latest.previousElementSibling.scrollIntoView({ block: "start" });
}

function spoken(latest) {
  const words = [find("h2", latest), find(".text", latest)].map((one) => one?.textContent ?? "");
  return words.join("　");
}

// After the swap the same button is another element.
function focusedButton() {
  const { form, name, value } = document.activeElement;
  const of = form?.elements.of?.value;
  return () => {
    for (const other of document.querySelectorAll("form.helpful")) {
      if (other.elements.of.value === of) find(`[name="${name}"][value="${value}"]`, other)?.focus();
    }
  };
}

let opener = null;

async function openBeside(event) {
  const link = event.target.closest?.("a[data-beside]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    const response = await fetch(link.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const passage = find("#passage", page);
    if (!response.ok || !passage) throw new Error();
    present(passage, link);
  } catch {
    location.href = link.href;
  }
}

function present(passage, link) {
  const button = document.createElement("button");
  button.className = "quiet close";
  button.textContent = "閉じる";
  button.addEventListener("click", close);
  if (beside.open) beside.close();
  passage.tabIndex = -1;
  beside.replaceChildren(button, passage);
  opener = link;
  document.body.classList.add("has-beside");
  if (matchMedia("(width >= 70rem)").matches) beside.show();
  else beside.showModal();
  passage.focus({ preventScroll: true });
  find(".here", beside)?.scrollIntoView({ block: "nearest" });
}

function close() {
  beside.close();
  document.body.classList.remove("has-beside");
  opener?.focus({ preventScroll: true });
  opener = null;
}
