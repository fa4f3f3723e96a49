"""What each event of an Official Account says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.basics.clock import VIETNAM
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.channels.zalo_read import Ignored, Membership, Receipt, Takeover, Withdrawal, read
from tests.channels.zalo_build import AN, NOW, OA, a_text, an_event, needs_recordings, recorded

SENT_AT = datetime.fromtimestamp(1795233600.123, VIETNAM)
SAYS = {
    "user_send_text": Kind.TEXT,
    "user_send_text_quote": Kind.TEXT,
    "user_send_text_retry": Kind.TEXT,
    "user_send_text_button_payload": Kind.CLICK,
    "user_send_image": Kind.FILE,
    "user_send_image_album": Kind.FILE,
    "user_send_file": Kind.FILE,
    "user_send_location": Kind.LOCATION,
    "user_send_business_card": Kind.CONTACT,
    "user_submit_info": Kind.CONTACT,
    "user_submit_info_legacy": Kind.CONTACT,
    "user_send_link": Kind.TEXT,
    "user_send_audio": Kind.UNSUPPORTED,
    "user_send_video": Kind.UNSUPPORTED,
    "user_send_sticker": Kind.UNSUPPORTED,
    "user_send_gif": Kind.UNSUPPORTED,
    "follow": Kind.START,
    "user_click_chatnow": Kind.START,
    "bad_signature": Kind.TEXT,  # its shape is right; the webhook drops it
}
OTHERS = {
    "unfollow": Membership,
    "user_withdraw": Withdrawal,
    "user_received_message_cs": Receipt,
    "user_received_message_zns": Receipt,
    "user_seen_message": Receipt,
    "oa_send_text_admin": Takeover,
    "oa_send_image": Takeover,
    "oa_send_file": Takeover,
    "oa_send_list": Takeover,
    "oa_send_text_api": Ignored,
    "anonymous_send_text": Ignored,
    "user_reacted_message": Ignored,
    "add_user_to_tag": Ignored,
    "update_user_info": Ignored,
    "user_feedback_zns": Ignored,
    "change_oa_daily_quota": Ignored,
    "change_template_status": Ignored,
    "unknown_future_event": Ignored,
    "probe_empty": Ignored,
}


def heard(name: str, **changes) -> Inbound:
    found = read(an_event(name, **changes), OA, NOW)
    assert isinstance(found, Inbound)
    return found


@needs_recordings
def test_every_recorded_event_is_read_as_what_it_is():
    shapes = recorded("zalo_oa_", "webhook")
    assert {name.removeprefix("zalo_oa_") for name in shapes} == {*SAYS, *OTHERS}
    for name, expected in SAYS.items():
        found = read(shapes[f"zalo_oa_{name}"]["body"], OA, NOW)
        assert isinstance(found, Inbound), name
        assert (found.kind, found.conversation, found.at) == (expected, AN, SENT_AT), name
    for name, kind in OTHERS.items():
        assert isinstance(read(shapes[f"zalo_oa_{name}"]["body"], OA, NOW), kind), name


def test_words_are_heard_as_they_were_written():
    assert heard("user_send_text", message={"text": " Khai sinh\ncho con "}).text == (
        " Khai sinh\ncho con "
    )


def test_the_payload_of_a_button_is_a_press():
    found = heard("user_send_text_button_payload")
    assert (found.token, found.text) == ("k7Qm2xA9", "")


@pytest.mark.parametrize("typed", ["#dvc:", "#dvc:a b", "xem #dvc:k7Qm2xA9", "#dvc:" + "x" * 65])
def test_what_only_looks_like_a_button_is_text(typed):
    assert read(a_text(typed), OA, NOW).kind is Kind.TEXT


def test_the_citizen_is_whoever_is_not_the_account():
    received = an_event("user_seen_message")
    assert read(received, OA, NOW).conversation == AN
    received["sender"], received["recipient"] = received["recipient"], received["sender"]
    assert read(received, OA, NOW).conversation == AN


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": {"id": "999999999999999999"}},
        {"sender": {"id": OA}},
        {"sender": {"id": "1:2"}},
        {"sender": {"id": "9" * 61}},
        {"sender": {"id": ["246845883529197922"]}},
        {"follower": {"id": "246845883529197923"}},
    ],
)
def test_an_event_for_another_account_or_of_nobody_in_particular_is_ignored(changes):
    assert isinstance(read(a_text(**changes), OA, NOW), Ignored)


def test_without_an_account_of_our_own_nothing_is_heard():
    assert isinstance(read(a_text(), "", NOW), Ignored)


def test_a_message_delivered_twice_has_the_same_key_and_any_other_has_another():
    once, twice = heard("user_send_text"), heard("user_send_text_retry")
    assert once.key == twice.key
    keys = {
        heard("user_send_text", message={"msg_id": "other"}).key,
        heard("user_send_image", message={"msg_id": "96d3cdf3af150460909"}).key,
        heard("follow").key,
        heard("follow", timestamp="1795233600124").key,
        heard("follow", follower={"id": "111"}).key,
        once.key,
    }
    assert len(keys) == 6


def test_two_submitted_forms_differ_by_their_moment():
    first, second = heard("user_submit_info"), heard("user_submit_info", timestamp="1795233600124")
    assert first.key != second.key


def test_a_key_always_fits_its_column():
    assert len(heard("user_send_text", message={"msg_id": "x" * 5000}).key) <= 200


def test_a_paper_comes_with_its_address_name_and_size():
    assert heard("user_send_file").files == (
        RemoteFile(
            "https://f21-zfcloud.zdn.vn/to-khai.pdf",
            "to-khai-dang-ky-khai-sinh.pdf",
            "application/pdf",
            233947,
        ),
    )


def test_photos_of_an_album_come_together_and_a_caption_with_them():
    assert [file.ref[-5:] for file in heard("user_send_image_album").files] == ["2.jpg", "3.jpg"]
    assert heard("user_send_image").text == "ảnh CCCD"


def test_attachments_beside_the_message_are_found_too():
    event = an_event("user_send_image")
    event["attachments"] = event["message"].pop("attachments")
    assert len(read(event, OA, NOW).files) == 1


def test_a_place_is_read_from_its_quoted_figures():
    found = heard("user_send_location")
    assert (found.latitude, found.longitude) == (21.0285117, 105.8541819)
    assert found.text == "UBND phường Hoàn Kiếm"


@pytest.mark.parametrize("latitude", ["91", "nan", "", None, [], "1e999"])
def test_a_place_that_is_nowhere_is_none(latitude):
    where = {"latitude": latitude, "longitude": "105.85"}
    attachments = [{"type": "location", "payload": {"coordinates": where}}]
    found = heard("user_send_location", message={"attachments": attachments})
    assert found.kind is Kind.UNSUPPORTED


@pytest.mark.parametrize("name", ["user_send_business_card", "user_submit_info"])
def test_a_shared_number_is_never_vouched_for(name):
    found = heard(name)
    assert found.phone in ("0900000001", "0900000002")
    assert not found.own_phone


def test_a_number_in_a_form_may_be_a_number():
    assert heard("user_submit_info", info={"phone": 84900000002}).phone == "0900000002"


def test_a_form_without_a_number_is_not_passed_over_in_silence():
    assert heard("user_submit_info", info={"phone": 0}).kind is Kind.CONTACT
    assert heard("user_submit_info", info={"phone": ""}).kind is Kind.UNSUPPORTED


def test_receipts_name_the_messages_they_are_for():
    assert read(an_event("user_received_message_cs"), OA, NOW) == Receipt(
        AN, ("a4d0243feee163bd3af2",), seen=False
    )
    assert read(an_event("user_seen_message"), OA, NOW).seen
    assert len(read(an_event("user_seen_message"), OA, NOW).messages) == 2
    assert read(an_event("user_received_message_zns"), OA, NOW).conversation is None


def test_our_own_words_coming_back_are_not_an_officers():
    assert read(an_event("oa_send_text_api"), OA, NOW) == Ignored("oa_send_text")
    assert read(an_event("oa_send_text_admin"), OA, NOW) == Takeover(AN, "e0a1", SENT_AT)


def test_an_unreadable_moment_is_now():
    for stamp in (None, "", "soon", "-5", "9" * 40, True):
        assert read(a_text(timestamp=stamp), OA, NOW).at == NOW


def test_a_name_that_is_none_does_not_reach_the_log():
    assert read(a_text(event_name="Nguyễn Văn An"), OA, NOW) == Ignored("?")


def test_somebody_may_be_told_of_later_than_they_wrote():
    assert read(an_event("unfollow"), OA, NOW + timedelta(days=1)).at == SENT_AT
