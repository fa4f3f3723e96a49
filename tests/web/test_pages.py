"""Headers, embedding, tracking by code, webhooks and health."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import httpx
import pytest

from bot.web.pages import STATIC
from bot.web.site import OtherDoor
from tests.fake_web import A_FORM, A_PDF, KNOWN_CODE, WORDING, a_web

AGENCY = "https://phuong-binh-minh.example"


def a_browser(folder: Path, **parts: object) -> httpx.AsyncClient:
    web = a_web(folder, **parts)
    browser = httpx.AsyncClient(
        transport=httpx.ASGITransport(web.app),
        base_url=str(parts.get("address", "http://testserver")),
    )
    browser.web = web
    return browser


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/chat",
        "/ho-so",
        f"/ho-so/{KNOWN_CODE}",
        "/healthz",
        "/khong-co",
        "/mau",
        "/chat/events",
    ],
)
async def test_every_answer_carries_the_security_headers(tmp_path, path):
    headers = (await a_browser(tmp_path).get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/ho-so", f"/ho-so/{KNOWN_CODE}", "/khong-co", "/mau"])
async def test_pages_hold_no_script_or_style_that_the_policy_forbids(tmp_path, path):
    page = (await a_browser(tmp_path).get(path)).text
    inline = re.findall(r"<script(?![^>]*src=)[^>]*>", page)
    assert all('type="application/json"' in tag for tag in inline)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)


async def test_over_tls_the_cookie_is_closed_to_everybody_else(tmp_path):
    answer = await a_browser(tmp_path, address="https://motcua.example").get("/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-motcua=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


async def test_in_a_frame_the_cookie_belongs_to_that_frame_alone(tmp_path):
    browser = a_browser(tmp_path, address="https://motcua.example", embed_origins=(AGENCY,))
    cookie = (await browser.get("/chat?embed=1")).headers["set-cookie"]
    assert {"SameSite=none", "Secure", "Partitioned", "HttpOnly"} <= set(cookie.split("; "))


async def test_only_the_agencies_named_may_frame_the_chat_and_nothing_else(tmp_path):
    browser = a_browser(tmp_path, embed_origins=(AGENCY,))
    policy = (await browser.get("/chat?embed=1")).headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors 'self' {AGENCY}")
    for path in ("/", "/ho-so"):
        policy = (await browser.get(path)).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'self'")


async def test_the_embedding_script_exists_only_where_somebody_may_embed(tmp_path):
    assert (await a_browser(tmp_path).get("/embed.js")).status_code == 404
    script = await a_browser(tmp_path, embed_origins=(AGENCY,)).get("/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert WORDING.render("web.embed.open") in script.text


async def test_what_a_page_carries_comes_compressed_and_only_once(tmp_path):
    browser = a_browser(tmp_path)
    page = (await browser.get("/")).text
    css = re.search(r'href="(/static/\w+/look.css)"', page)[1]
    answer = await browser.get(css, headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert (await browser.get("/static/000000000000/look.css")).status_code == 404


async def test_the_page_weighs_less_than_60_kb(tmp_path):
    page = (await a_browser(tmp_path).get("/")).content
    assert len(page) + sum(path.stat().st_size for path in STATIC.iterdir()) < 60_000
    squeezed = sum(len(gzip.compress(path.read_bytes())) for path in STATIC.iterdir())
    assert squeezed + len(page) < 30_000


async def test_other_doors_are_shown_only_if_there_are_any(tmp_path):
    door = OtherDoor("Telegram", "https://t.me/binhminh_bot", "<svg/>")
    assert "t.me" not in (await a_browser(tmp_path).get("/")).text
    page = (await a_browser(tmp_path, other_doors=(door,)).get("/")).text
    assert 'href="https://t.me/binhminh_bot"' in page
    assert "data:image/svg+xml;base64," in page


async def test_a_link_can_bring_a_first_message_but_no_markup(tmp_path):
    page = (await a_browser(tmp_path).get("/?start=</script><b>")).text
    assert "</script><b>" not in page


async def test_anybody_with_the_code_sees_what_strangers_may_see(tmp_path):
    page = await a_browser(tmp_path).get(f"/ho-so/{KNOWN_CODE}")
    assert page.status_code == 200
    for shown in (KNOWN_CODE, "Đăng ký khai sinh", "Nguyễn T. H.", "20/11/2026", "Đang xử lý"):
        assert shown in page.text


async def test_a_code_may_be_typed_as_people_type_it(tmp_path):
    answer = await a_browser(tmp_path).get("/ho-so?ma=h26.99 261120 7")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/ho-so/{KNOWN_CODE}")


@pytest.mark.parametrize("code", ["H26.99-261120-9999", "<script>alert(1)</script>", "%00", "7"])
async def test_a_wrong_code_is_told_so_and_shown_nothing(tmp_path, code):
    page = await a_browser(tmp_path).get(f"/ho-so/{code}")
    assert page.status_code == 404
    assert "<script>alert" not in page.text


async def test_who_guesses_codes_has_to_wait(tmp_path):
    browser = a_browser(tmp_path)
    for number in range(3):
        await browser.get(f"/ho-so/H26.99-261120-100{number}")
    answer = await browser.get(f"/ho-so/{KNOWN_CODE}")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert "Nguyễn" not in answer.text


async def test_health_tells_whether_the_database_answers(tmp_path):
    assert (await a_browser(tmp_path).get("/healthz")).status_code == 200
    assert (await a_browser(tmp_path, is_healthy=False).get("/healthz")).status_code == 503


async def test_a_webhook_is_handed_on_as_it_came(tmp_path):
    browser = a_browser(tmp_path)
    secret = {"x-telegram-bot-api-secret-token": "right"}
    assert (await browser.post("/webhooks/telegram", content=b"{}", headers=secret)).is_success
    assert (await browser.post("/webhooks/telegram", content=b"{}")).status_code == 403
    assert (await browser.post("/webhooks/telegram", content=b"x" * 2**21)).status_code == 413
    assert (await browser.get("/webhooks/telegram")).status_code == 405
    assert browser.web.updates == [(b"{}", "right"), (b"{}", None)]


async def test_a_form_can_be_had_on_paper_without_a_conversation(tmp_path):
    browser = a_browser(tmp_path)
    page = await browser.get("/mau")
    assert "Tờ khai đăng ký khai sinh (Mẫu A)" in page.text
    assert f'href="/mau/{A_FORM}.pdf"' in page.text
    form = await browser.get(f"/mau/{A_FORM}.pdf")
    assert form.content == A_PDF
    assert form.headers["content-type"] == "application/pdf"
    assert "to-khai.pdf" in form.headers["content-disposition"]


@pytest.mark.parametrize("code", ["1.000000", "..%2f..%2fetc", "x"])
async def test_a_form_that_is_not_there_is_said_to_be_missing(tmp_path, code):
    assert (await a_browser(tmp_path).get(f"/mau/{code}.pdf")).status_code == 404


async def test_zalo_finds_that_the_domain_is_ours_by_file_and_by_tag(tmp_path):
    tag = '<meta name="zalo-platform-site-verification" content="Ab_1-z">'
    browser = a_browser(tmp_path, zalo_verification="Ab_1-z")
    for path in ("/zalo_verifierAb_1-z.html", "/"):
        page = await browser.get(path)
        assert page.status_code == 200
        assert tag in page.text
    assert (await browser.get("/zalo_verifierother.html")).status_code == 404
    assert "zalo-platform" not in (await a_browser(tmp_path).get("/")).text
