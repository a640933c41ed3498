import { type Commands, helpCommand } from '../../protocol/command-line.ts';

const help = helpCommand('npm run fedrecon --', [], () => commands);

/** Every command by its name, in the order of the help. A name is one word or two ("audit export"). */
export const commands: Commands = new Map(Object.entries({ help }));
