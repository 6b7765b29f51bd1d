import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { Console } from './console.js';
import { ToastProvider } from './ui/toast.js';
import { SpeechProvider } from './words/use-words.js';

const place = document.getElementById('console');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <SpeechProvider>
        <ToastProvider>
          <Router base="/staff">
            <Console />
          </Router>
        </ToastProvider>
      </SpeechProvider>
    </StrictMode>,
  );
}
