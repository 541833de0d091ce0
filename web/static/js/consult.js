// The one optional script: it keeps long texts that were not sent, and counts their characters. Every page works
// without it. Words come from the page, in the reader's language; nothing is written as markup.

const KEPT_FOR_DAYS = 7;
const SAVE_EVERY_MS = 5000;
const PREFIX = "draft:";

const keptTexts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

// Shared computers keep nothing for long, and nothing at all once the receipt is on the screen.
const forget = () => {
  const oldest = Date.now() - KEPT_FOR_DAYS * 86400000;
  const received = document.querySelector("[data-sent]") !== null;
  for (const key of keptTexts()) {
    const kept = read(key);
    if (!kept || kept.at < oldest || (received && kept.sent)) localStorage.removeItem(key);
  }
};

const count = (area) => {
  const line = document.getElementById(`${area.id}-count`);
  if (!line) return;
  line.setAttribute("aria-live", "polite");
  let waiting;
  const show = () => {
    const written = new Intl.NumberFormat(document.documentElement.lang).format([...area.value].length);
    line.textContent = line.dataset.words.replace("{n}", written);
  };
  show();
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 500);
  });
};

const button = (words, kind, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.dataset.kind = kind;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
};

const offer = (form, area, key, kept) => {
  const box = document.createElement("div");
  const words = document.createElement("p");
  const row = document.createElement("div");
  box.className = "draft-found";
  box.setAttribute("role", "status");
  words.textContent = form.dataset.wordsFound;
  row.className = "actions";
  row.append(
    button(form.dataset.wordsRestore, "secondary", () => {
      area.value = kept.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      box.remove();
      area.focus();
    }),
    button(form.dataset.wordsDiscard, "secondary", () => {
      localStorage.removeItem(key);
      box.remove();
    }),
  );
  box.append(words, row);
  area.closest(".field").before(box);
};

const keep = (form) => {
  let sending = false;
  const texts = [...form.querySelectorAll("textarea")].map((area) => ({
    area,
    key: `${PREFIX}${form.dataset.draft}:${area.name}`,
    first: area.value,
  }));
  const changed = () => texts.filter(({ area, first }) => area.value !== first);
  const save = (sent) => {
    for (const { area, key } of changed()) {
      localStorage.setItem(key, JSON.stringify({ text: area.value, at: Date.now(), sent }));
    }
  };

  for (const { area, key } of texts) {
    const kept = read(key);
    if (kept && kept.text !== area.value) offer(form, area, key, kept);
  }
  setInterval(() => save(false), SAVE_EVERY_MS);
  form.addEventListener("submit", () => {
    sending = true;
    save(true);
  });
  window.addEventListener("beforeunload", (event) => {
    save(sending);
    if (!sending && changed().length > 0) event.preventDefault();
  });
};

document.querySelectorAll("textarea[data-max]").forEach(count);
try {
  forget();
  document.querySelectorAll("form[data-draft]").forEach(keep);
} catch {
  // A browser that keeps nothing (private mode, storage refused): the server's own draft is enough.
}
