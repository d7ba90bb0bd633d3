// Saves the draft whenever a field is left, in place. Without this file the buttons below the form do it.

const find = (selector, within = document) => within.querySelector(selector);
const isOurs = (element) => element?.form?.matches("[data-saved]");

let isDirty = false;
let isSaving = false;
let isWaiting = false;
let submitted = null;

unveil();
document.addEventListener("input", (event) => { if (isOurs(event.target)) isDirty = true; });
document.addEventListener("change", (event) => { if (isOurs(event.target)) save(); });
document.addEventListener("click", fill);
document.addEventListener("submit", submitAfterSaving);
document.addEventListener("visibilitychange", () => { if (document.hidden && isDirty) save(true); });
// A page taken out of the browser's memory shows an old draft and old tokens.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

function unveil() {
  for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
  // A bound of the browser's own would cut what is pasted; here it is counted and said instead.
  for (const one of document.querySelectorAll("form[data-saved] [maxlength]")) {
    one.dataset.longest = one.maxLength;
    one.removeAttribute("maxlength");
  }
}

// Characters as the server counts them, not the browser's halves.
function tooLong() {
  return [...document.querySelectorAll("form[data-saved] [data-longest]")]
    .map((one) => [one, [...one.value.trim()].length])
    .filter(([one, length]) => length > one.dataset.longest)
    .map(([one, length]) => `「${one.labels[0].firstChild.textContent.trim()}」は${one.dataset.longest}字以内でお願いします（いま${length}字）。`);
}

function fill(event) {
  const button = event.target.closest?.("[data-fill]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fill);
  field.value = button.dataset.text;
  isDirty = true;
  field.focus();
  save();
}

// One after the other: each takes the revision that the one before it gave.
async function save(isLeaving = false) {
  if (isSaving) {
    isWaiting = true;
    return;
  }
  isSaving = true;
  isDirty = false;
  const form = find("form[data-saved]");
  const body = new URLSearchParams(new FormData(form));
  body.set("then", "stay");
  try {
    const response = await fetch(form.action, { method: "POST", body, keepalive: isLeaving });
    if (response.status === 413) {
      isDirty = true;
      tell("文章が長すぎるため、保存していません。入力した内容はこの画面に残っています。", tooLong());
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok && find("form[data-saved]", page)) refresh(page);
    // What was written meanwhile goes along before anything is put in its place.
    else if (!isWaiting) replace(page);
  } catch {
    isDirty = true;
    tell("つながりませんでした。入力した内容はこの画面に残っています。");
  } finally {
    isSaving = false;
    if (submitted) {
      const { form, button } = submitted;
      submitted = null;
      isWaiting = false;
      form.requestSubmit(button);
    } else if (isWaiting) {
      isWaiting = false;
      save();
    }
  }
}

// Leaving the last field saves it while the button is being pressed: the form goes with the revision that gives.
function submitAfterSaving(event) {
  if (!event.target.matches("[data-saved]")) return;
  if (tooLong().length) {
    event.preventDefault();
    tell("保存していません。入力した内容はこの画面に残っています。", tooLong());
    return;
  }
  if (!isSaving) return;
  event.preventDefault();
  submitted = { form: event.target, button: event.submitter };
}

// What surrounds the fields; what is written in them stays with whoever is writing.
function refresh(page) {
  for (const name of ["change", "form", "draft", "revision"]) {
    find(`form[data-saved] [name=${name}]`).value = find(`form[data-saved] [name=${name}]`, page).value;
  }
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = find(`[data-part="${part.dataset.part}"]`, page);
    if (!fresh || part.innerHTML === fresh.innerHTML) continue;
    const wasInside = part.contains(document.activeElement);
    part.replaceChildren(...fresh.childNodes);
    // The mark that was set is gone with its question.
    if (wasInside) document.getElementById(part.dataset.part.replace(/-[a-z]+$/, ""))?.focus();
  }
  for (const field of document.querySelectorAll("form[data-saved] :is(input, textarea)[id]")) {
    const fresh = find(`#${field.id}`, page);
    if (fresh?.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  const faults = [...page.querySelectorAll("#faults li")].map((one) => one.textContent);
  tell(find("#saved", page).textContent, faults);
}

// It was not kept: the page that came back says why, and holds both what is and what was written.
function replace(page) {
  const main = find("main", page);
  if (!main) throw new Error();
  submitted = null;
  find("main").replaceWith(main);
  document.title = page.title;
  unveil();
  (find("#problem") ?? main).focus();
}

function tell(words, faults = []) {
  find("#saved").textContent = [words, ...tooLong()].join("　");
  find("#told").textContent = [words, ...faults].join("　");
}
