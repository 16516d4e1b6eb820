// Facets stand open where there is room for them and are folded on a phone; without a script they are always open.
export function foldFacets(): void {
  const facets = document.getElementById("facets");
  if (!(facets instanceof HTMLDetailsElement)) return;
  const room = window.matchMedia("(min-width: 80rem)");
  facets.open = room.matches;
  room.addEventListener("change", () => (facets.open = room.matches));
}
