/** How the name of a file begins that an import's problems were saved in: no table of parts. */
export const problemFileStart = 'fedrecon-problems-';
