// A small helper to build elements; text only, never markup.

/** Build an element: h('button', {class: 'x', onclick: f}, 'Label'). */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child != null));
  return node;
}

/** Build one of the bar's buttons; one that is aria-disabled does nothing. */
export function button(label, name, action) {
  const node = h('button', { type: 'button', class: `okrlab-button okrlab-${name}` }, label);
  node.addEventListener('click', () => {
    if (node.getAttribute('aria-disabled') !== 'true') action();
  });
  return node;
}
