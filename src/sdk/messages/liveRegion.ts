/** How long an announcement stays, in ms: long enough to be read, then gone from the reading order. */
const announcementMs = 5000;

/** Says a text through the polite live region of a surface; resolves when it is gone again. */
export async function announceIn(root: Element, text: string): Promise<void> {
  const region = root.querySelector('[role=status]');
  if (!region) return;
  region.textContent = text;
  await new Promise((resolve) => setTimeout(resolve, announcementMs));
  if (region.textContent == text) region.textContent = '';
}
