package lost

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"

	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// post sends a query to a server and returns the root of the answer and its
// size.
func (c *Client) post(ctx context.Context, op string, to *url.URL, body []byte) (*xmltree.Node, int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil {
		return nil, 0, transportError(op, to.Host, ErrUnreachable, "the server cannot be asked", err)
	}
	req.Header.Set("Content-Type", MediaType+";charset=utf-8")
	req.Header.Set("Accept", MediaType)
	req.Header.Set("Cache-Control", "no-cache") // as every query has it [RFC 5222]
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, 0, sendError(ctx, op, to.Host, err)
	}
	defer resp.Body.Close()
	if err := checkHead(op, to.Host, resp); err != nil {
		return nil, 0, err
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, xmltree.MaxBytes+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, 0, transportError(op, to.Host, ErrCut, "the answer was cut short", err)
	case err != nil:
		return nil, 0, sendError(ctx, op, to.Host, err)
	case len(text) == 0:
		return nil, 0, transportError(op, to.Host, ErrEmpty, "the answer is empty", nil)
	}
	root, err := xmltree.Parse(text)
	var problem *telephony.Error
	if errors.As(err, &problem) {
		problem.Op, problem.Subject = op, "server "+to.Host
	}
	return root, len(text), err
}

// checkHead checks status and media type. What comes with another status than
// success is no LoST [RFC 5222].
func checkHead(op, host string, resp *http.Response) error {
	status := telephony.Figure{Name: "status", Value: int64(resp.StatusCode)}
	var e *telephony.Error
	switch code := resp.StatusCode; {
	case 200 <= code && code <= 299:
	case 300 <= code && code <= 399:
		e = &telephony.Error{Code: ErrHTTPRedirect, Detail: "the server redirects where the query may not go"}
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		e = &telephony.Error{Code: ErrBusy, Detail: "the server is too busy to answer", Fix: "ask again later"}
	case 400 <= code && code <= 499:
		e = &telephony.Error{Code: ErrHTTPRefused, Detail: "the server refuses the query"}
	default:
		e = &telephony.Error{Code: ErrHTTPFailed, Detail: "the server failed", Fix: "ask again later"}
	}
	if e == nil && resp.ContentLength != 0 && !isLoST(resp.Header.Get("Content-Type")) {
		e = &telephony.Error{Code: ErrContentType, Detail: "the answer is not of type " + MediaType,
			Fix: "check that the URL is that of a LoST server"}
	}
	if e == nil {
		return nil
	}
	e.Op, e.Subject, e.Figures = op, "server "+host, []telephony.Figure{status}
	return e
}

// isLoST reports whether an answer is of the media type, or of one that servers
// in the field have for it.
func isLoST(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return false
	}
	switch strings.ToLower(media) {
	case MediaType, "application/xml", "text/xml":
		return true
	}
	return false
}

// sendError says why there is no answer.
func sendError(ctx context.Context, op, host string, cause error) error {
	if err := ctx.Err(); err != nil {
		return contextError(ctx, op, host, cause)
	}
	var timeout net.Error
	if errors.As(cause, &timeout) && timeout.Timeout() {
		return transportError(op, host, ErrTimeout, "time ran out", cause)
	}
	return transportError(op, host, ErrUnreachable, "the server cannot be reached", cause)
}

// contextError tells a caller who gave up from time that ran out.
func contextError(ctx context.Context, op, host string, cause error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return transportError(op, host, ErrCancelled, "the query was given up", cause)
	}
	return transportError(op, host, ErrTimeout, "time ran out", cause)
}

// transportError keeps a cause without its words: those of package net/http can
// repeat what a server sent.
func transportError(op, host string, code telephony.Code, detail string, cause error) error {
	e := &telephony.Error{Op: op, Code: code, Detail: detail, Subject: "server " + host}
	if cause != nil {
		e.Err = quiet{cause}
	}
	switch code {
	case ErrTimeout, ErrUnreachable, ErrCut:
		e.Fix = "ask again later"
	}
	return e
}

// mayFollow is asked about every HTTP redirect. A query stays a query, with its
// body, and an address that was protected stays so.
func (c *Client) mayFollow(req *http.Request, via []*http.Request) error {
	first := via[0]
	if req.Method != first.Method || len(via) > c.config.MaxHops ||
		first.URL.Scheme == "https" && req.URL.Scheme != "https" {
		return http.ErrUseLastResponse
	}
	return nil
}
