
(() => {
  "use strict";
  // Fields and words that belong together carry the same key in data-k.
  const members = new Map();
  for (const element of document.querySelectorAll("[data-k]")) {
    for (const key of element.dataset.k.split(" ")) {
      if (!members.has(key)) members.set(key, []);
      members.get(key).push(element);
    }
  }
  let lit = [];
  const clear = () => {
    for (const element of lit) element.classList.remove("lit");
    lit = [];
  };
  // The keys under a target: of words or a field alone, of bare evidence all records that rest on it.
  const keysOf = (target) => {
    const own = target.closest("[data-k]");
    if (!own) return [];
    const keys = own.dataset.k.split(" ");
    if (own.classList.contains("ev")) {
      for (let up = own.parentElement.closest(".ev"); up; up = up.parentElement.closest(".ev")) keys.push(up.dataset.k);
    }
    return keys;
  };
  // Scrolls the pane, never the page, until the first of the words is in sight.
  const reveal = (target) => {
    const pane = target.closest("article")?.querySelector(".text");
    if (!pane || pane.contains(target) || pane.scrollHeight <= pane.clientHeight) return;
    const word = lit.find((element) => pane.contains(element));
    if (!word) return;
    const box = word.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
  };
  const light = (event) => {
    if (!(event.target instanceof Element)) return;
    clear();
    for (const key of keysOf(event.target)) lit.push(...(members.get(key) || []));
    for (const element of lit) element.classList.add("lit");
    reveal(event.target);
  };
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
})();
