// The list of lessons, and the reviews, that “Contents” opens.
import { button, h } from './dom.js';

const REVIEWS = 'notebooks/reviews.ipynb';

export class ContentsList {
  constructor(page) {
    this.page = page;
    this.button = button('Contents', 'contents', () => this.show(this.node.hidden));
    this.button.setAttribute('aria-expanded', 'false');
    this.node = h('nav', {
      class: 'okrlab-list',
      'aria-label': 'Contents',
      'data-lm-suppress-shortcuts': 'true',
      hidden: '',
    });
    page.panel.node.append(this.node);
    this.outside = event => {
      if (!this.node.contains(event.target) && event.target !== this.button) this.show(false);
    };
    for (const node of [this.node, this.button]) {
      node.addEventListener('keydown', event => {
        if (event.key !== 'Escape' || this.node.hidden) return;
        this.show(false);
        this.button.focus();
      });
    }
    this.node.addEventListener('focusout', event => {
      const to = event.relatedTarget;
      if (to && !this.node.contains(to) && to !== this.button) this.show(false);
    });
  }

  fill(lessons) {
    this.node.replaceChildren(
      this.entry(REVIEWS, h('strong', {}, 'Your reviews'), null, 'What is due today, from all lessons'),
      lessons.length
        ? h('ol', {}, ...lessons.map(lesson => this.lesson(lesson)))
        : h('p', {}, 'The list of lessons could not be read. Reload this page to try again.'),
    );
  }

  lesson({ path, title, minutes, outcome, exercises }) {
    return h(
      'li',
      {},
      this.entry(path, h('strong', {}, title), h('span', {}, `${minutes} minutes`), outcome),
      ...exercises.map(exercise => this.entry(exercise, h('strong', {}, 'Exercises'))),
    );
  }

  entry(path, title, aside, text) {
    const here = path === this.page.shipped.name;
    return h(
      'button',
      {
        type: 'button',
        class: 'okrlab-entry',
        'aria-current': here ? 'page' : null,
        onclick: () => this.go(path),
      },
      h('span', { class: 'okrlab-entry-title' }, title, aside),
      text ? h('span', { class: 'okrlab-entry-text' }, text) : null,
    );
  }

  go(path) {
    this.show(false);
    if (path !== this.page.shipped.name) void this.page.shell.visit(path, this.page);
  }

  show(shown) {
    this.node.hidden = !shown;
    this.button.setAttribute('aria-expanded', String(shown));
    if (shown) {
      this.node.style.top = `${this.page.bar.node.offsetHeight}px`;
      (this.node.querySelector('[aria-current]') ?? this.node.querySelector('button'))?.focus();
      document.addEventListener('pointerdown', this.outside, true);
    } else {
      document.removeEventListener('pointerdown', this.outside, true);
    }
  }
}
