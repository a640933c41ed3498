/** Version 7: what plants that have the truth let one say of a reconstruction: JSON, null where no plant calibrated its route. */
export const standing = `
alter table reconstructions add column standing text;
`;
