/** Names of the messages between the window and the application. */
export const channels = {
  call: 'fedrecon:call',
  event: 'fedrecon:event',
  chooseFolder: 'fedrecon:choose-folder',
  notify: 'fedrecon:notify',
  startAtLogin: 'fedrecon:start-at-login',
} as const;
