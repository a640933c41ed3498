/** Endings of pictures that are read here. */
const read = 'png|jpe?g|jpe|jfif|bmp|dib|tiff?|gif|webp';
/** Endings of pictures that are not, so that a cell or a folder of them is told what they are and taken for nothing else. */
const unread =
  'hei[cf]s?|avif|jp2|j2k|jpx|jxl|dcm|dicom|svg|p[bgnp]m|exr|hdr|tga|psd|ico|pcx|dds|cr[23]|nef|arw|dng|orf|rw2|raf|pef|srw';

/** Endings of file names that say that a cell names a picture. */
export const pictureEnding = new RegExp(`\\.(${read}|${unread})$`, 'i');

/** True for the name of a picture in a format that is not read: it gives way to one of the same name that is. */
export function isUnreadPicture(name: string): boolean {
  return unreadEnding.test(name);
}

const unreadEnding = new RegExp(`\\.(${unread})$`, 'i');
