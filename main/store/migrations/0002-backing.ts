/** Version 2: contributions and manifests say what stands behind a module. What was trained without is trained again. */
export const backing = `
update models set manifest = json_set(manifest, '$.backing', json('{}'));
update rounds set step = 'train', trained = null where step = 'upload';
`;
