// "explain" opens below its record instead of on a page of its own; a second click closes it.
export function explainInPlace(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-explain]") : null;
    const place = link?.closest("p");
    if (!link || !place) return;
    event.preventDefault();
    void toggle(link, place);
  });
}

async function toggle(link: HTMLAnchorElement, place: HTMLElement): Promise<void> {
  const open = place.nextElementSibling;
  if (open?.hasAttribute("data-explained")) {
    open.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-explained]");
    if (!answer.ok || !found) throw new Error(String(answer.status));
    for (const one of found.querySelectorAll("[id]")) one.removeAttribute("id");
    found.removeAttribute("aria-labelledby");
    place.after(document.importNode(found, true));
    link.setAttribute("aria-expanded", "true");
  } catch {
    location.assign(link.href); // the page itself says what is wrong
  } finally {
    link.removeAttribute("aria-busy");
  }
}
