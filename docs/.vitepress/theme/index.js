// Fonts are those of the reader's machine.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

/** The theme's search takes 64 characters. The sentence of a console, which is pasted whole, has more. */
function takeWholeSentences({ target }) {
  if (target.id === 'localsearch-input') target.removeAttribute('maxlength');
}

export default {
  extends: DefaultTheme,
  enhanceApp() {
    if (typeof document !== 'undefined') document.addEventListener('focusin', takeWholeSentences);
  },
};
