// Keys of the review pages: each is the key of a button, link or field that is on the page anyway.
export function reviewKeys(): void {
  if (!document.querySelector("[data-key]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target || target.getAttribute("aria-disabled") === "true") return;
    event.preventDefault();
    if (target instanceof HTMLInputElement) target.focus();
    else target.click();
  });
  // A decision is sent once, however often its key is struck.
  for (const one of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    let sent = false;
    one.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
    window.addEventListener("pageshow", () => (sent = false));
  }
}

// On a narrow screen the sentence comes into sight, not what stands before it.
export function sentenceInSight(): void {
  const sentence = document.querySelector(".judging:not(.adding) .text .ev");
  if (!sentence || !window.matchMedia("(max-width: 48rem)").matches) return;
  if (document.querySelector("[role=alert]")) return; // what went wrong is told above
  const top = sentence.getBoundingClientRect().top;
  if (top > window.innerHeight / 3) window.scrollBy({ top: top - window.innerHeight / 4, behavior: "instant" });
}

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
