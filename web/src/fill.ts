// Words selected in the text fill a slot of the form: by its key, or by its button. With Shift, or by the second button, they
// are added to what the slot holds. The server finds what the words stand for; it is told where they were selected.
type Selected = { words: string; start: number };
let last: Selected | null = null;

export function fillSlots(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("button[data-fill]")];
  if (buttons.length === 0) return;
  for (const button of buttons) button.hidden = false;
  document.addEventListener("selectionchange", () => (last = selected() ?? last));
  for (const button of buttons) {
    button.addEventListener("click", () => fill(button.dataset.fill ?? "", button.dataset.joint));
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    const struck = /^(?:Digit|Key)(.)$/.exec(event.code)?.[1]?.toLowerCase();
    const button = buttons.find((one) => one.dataset.fillKey === struck);
    if (!button || !last) return;
    event.preventDefault();
    const adding = buttons.find((one) => one.dataset.fill === button.dataset.fill && one.dataset.joint);
    fill(button.dataset.fill ?? "", event.shiftKey ? adding?.dataset.joint : undefined);
  });
}

// The words that are selected in the article's text, with their offset in it.
export function selected(): Selected | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const from = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
  const block = from?.closest<HTMLElement>("[data-at]");
  if (!block) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const said = text(range);
  const lead = said.length - said.trimStart().length;
  const words = said.trim();
  if (!words) return null;
  const start = Number(block.dataset.at) + [...text(before)].length + [...said.slice(0, lead)].length;
  return { words, start };
}

// What a stretch says, without the numbers that lead to records; they are no words of the article.
function text(range: Range): string {
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll(".ref")) number.remove();
  return copy.textContent ?? "";
}

function fill(name: string, joint: string | undefined): void {
  const field = document.getElementById(name);
  const near = document.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name.replace(/^slot\./, "near."))}"]`);
  if (!last || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const held = joint && field.value.trim() ? field.value.trim() + (joint === "line" ? "\n" : joint) : "";
  field.value = held + last.words.replace(/\s+/g, " ");
  if (near) near.value = [...(held && near.value ? [near.value] : []), String(last.start)].join(",");
  field.classList.add("filled");
  field.addEventListener("animationend", () => field.classList.remove("filled"), { once: true });
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");
}
