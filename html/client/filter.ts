/** One thing that can be filtered, as the page marks it: `<details class="change" data-kind="…" …>`. */
interface Item {
  readonly element: HTMLElement;
  /** Everything in it, in small letters; read when it is first searched. */
  words: string | undefined;
}

/**
 * Makes the tools of a list work: the words of the search must all be somewhere in an item, boxes and lists are compared
 * with the item's data attribute of their name. A group goes with its last item.
 */
export function startFilter(): void {
  const tools = document.querySelector<HTMLFormElement>('form.tools');
  const list = document.getElementById('list');
  if (tools === null || list === null) return;
  tools.hidden = false;
  const items = [...list.querySelectorAll<HTMLElement>('[data-item]')].map((element): Item => ({
    element,
    words: undefined,
  }));
  const groups = [...list.querySelectorAll<HTMLElement>('[data-group]')];
  const count = tools.querySelector('output');
  const apply = (): void => {
    const wants = wishes(new FormData(tools), tools);
    let shown = 0;
    for (const item of items) {
      const isShown = wants(item);
      if (item.element.hidden === isShown) item.element.hidden = !isShown;
      if (isShown) shown += 1;
    }
    for (const group of groups) group.hidden = group.querySelector('[data-item]:not([hidden])') === null;
    if (count !== null)
      count.textContent = `${shown} of ${items.length} shown${shown === 0 ? ': no change matches' : ''}`;
  };
  tools.addEventListener('input', apply);
  tools.addEventListener('reset', () => setTimeout(apply));
  tools.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  tools.addEventListener('change', () => {
    list.dataset.view = textOf(new FormData(tools), 'view');
  });
  for (const button of tools.querySelectorAll<HTMLButtonElement>('button[data-open]')) {
    button.addEventListener('click', () => {
      for (const details of list.querySelectorAll<HTMLDetailsElement>('details:not([hidden])'))
        details.open = button.dataset.open === 'true';
    });
  }
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    tools.querySelector<HTMLInputElement>('input[type=search]')?.focus();
  });
  apply();
}

/** Whether an item is what the tools ask for. */
function wishes(data: FormData, tools: HTMLFormElement): (item: Item) => boolean {
  const words = textOf(data, 'search')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const boxes = [
    ...new Set([...tools.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].map(({ name }) => name)),
  ];
  const lists = [...tools.querySelectorAll('select')].map(({ name }) => name);
  return (item) => {
    const { dataset } = item.element;
    if (!boxes.every((name) => data.getAll(name).includes(dataset[name] ?? ''))) return false;
    const isListed = (name: string): boolean => {
      const wanted = textOf(data, name);
      return wanted === '' || (dataset[name] ?? '').split(' ').includes(wanted);
    };
    if (!lists.every(isListed)) return false;
    if (words.length === 0) return true;
    item.words ??= item.element.textContent.toLowerCase();
    const { words: text } = item;
    return words.every((word) => text.includes(word));
  };
}

function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
