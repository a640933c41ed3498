import { mount } from 'svelte';
import App from './App.svelte';
import { keepFocus } from './state/kept-focus.ts';
import { workstation } from './state/workstation.svelte.ts';

mount(App, { target: document.querySelector('#window')! });
keepFocus(document);
await workstation.open();
