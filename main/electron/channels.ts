/** Names of the messages between the window and the application. */
export const channels = {
  call: 'fedrecon:call',
  event: 'fedrecon:event',
  chooseFolder: 'fedrecon:choose-folder',
} as const;
