// "Add a record" takes along the words that are selected in the article.
import { selected } from "./fill";

export function addSelected(): void {
  const link = document.querySelector<HTMLAnchorElement>("a[data-add]");
  if (!link) return;
  const plain = link.href;
  document.addEventListener("selectionchange", () => {
    const found = selected();
    if (!found) return;
    const address = new URL(plain);
    address.searchParams.set("at", String(found.start));
    address.searchParams.set("to", String(found.start + [...found.words].length));
    link.href = address.href;
  });
}
