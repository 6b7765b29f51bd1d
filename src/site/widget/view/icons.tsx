import type { JSX } from 'preact';

type Shape = { readonly path: string };

function Icon({ path }: Shape): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export const SendIcon = () => <Icon path="M12 19V5m-6.5 6.5L12 5l6.5 6.5" />;
export const ClipIcon = () => (
  <Icon path="M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L15 7.5" />
);
export const CloseIcon = () => <Icon path="M6 6l12 12M18 6L6 18" />;
export const ClockIcon = () => <Icon path="M12 7.5V12l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z" />;
export const MoreIcon = () => <Icon path="M5 12h.01M12 12h.01M19 12h.01" />;
export const ForgetIcon = () => (
  <Icon path="M4.5 7h15M9.5 7V4.5h5V7m-8 0l.9 12.5h9.2L17.5 7M10 11v5m4-5v5" />
);
export const CheckIcon = () => <Icon path="M5 12.5l4.5 4.5L19 7.5" />;
export const DownIcon = () => <Icon path="M12 5v14m-6.5-6.5L12 19l6.5-6.5" />;
