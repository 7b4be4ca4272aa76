// The slim bar above a lesson: where you are, where you can go, and what is happening.
import { h } from './dom.js';

export class LessonBar {
  constructor(page) {
    this.page = page;
    this.calm = true;
    this.lessons = [];
    const { Widget } = page.shell.modules.widgets;
    this.build();
    this.widget = new Widget({ node: this.node });
    void this.load();
  }

  build() {
    this.previous = button('Previous', 'okrlab-previous', () => this.step(-1));
    this.next = button('Next', 'okrlab-next', () => this.step(1));
    this.contents = button('Contents', 'okrlab-contents', () => this.toggle());
    this.contents.setAttribute('aria-expanded', 'false');
    this.where = h('span', { class: 'okrlab-where' }, this.page.title);
    this.code = button('Show the code', 'okrlab-code', () =>
      this.page.showCode(!this.page.codeShown),
    );
    this.restart = button('Start this lesson afresh', 'okrlab-afresh', () => this.page.afresh());
    this.theme = button('Dark', 'okrlab-theme', () => this.switchTheme());
    this.status = h('div', { class: 'okrlab-status', role: 'status' });
    this.list = h('nav', { class: 'okrlab-list', 'aria-label': 'Contents', hidden: '' });
    this.extras = h('div', { class: 'okrlab-extras' }, this.code, this.restart, this.theme);
    this.more = button('More', 'okrlab-more', () => this.unfold());
    this.more.setAttribute('aria-expanded', 'false');
    const row = h(
      'div',
      { class: 'okrlab-row', role: 'group', 'aria-label': 'Course' },
      this.previous,
      this.contents,
      this.next,
      this.where,
      this.more,
      this.extras,
    );
    this.node = h('div', { class: 'okrlab-bar' }, row, this.status, this.list);
    this.node.addEventListener('keydown', event => this.onKey(event));
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    document.addEventListener('pointerdown', event => {
      if (!this.node.contains(event.target)) this.fold();
    });
    this.refresh();
  }
}

function button(label, name, action) {
  return h('button', { type: 'button', class: `okrlab-button ${name}`, onclick: action }, label);
}
