/** Style sheets that come with a page's program. */
declare module '*.css';
