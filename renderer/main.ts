import { mount } from 'svelte';
import App from './App.svelte';
import { workstation } from './state/workstation.svelte.ts';

mount(App, { target: document.querySelector('#window')! });
await workstation.open();
