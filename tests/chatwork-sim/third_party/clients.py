"""Runs two third-party Chatwork clients against the simulator.

    python clients.py <base of the API> <token> <room>

chatpywork posts a form body, which must succeed. pychatwork posts its body in the query string, which
Chatwork has ignored since July 2025, so that it must be refused; its reads must succeed.
Prints one line for each result; tests/third_party.rs compares them.
"""

import sys

import chatpywork.room
import pychatwork


def main(api: str, token: str, room: str) -> None:
    chatpywork.room.BASE_URL = api
    pychatwork.ChatworkClient.BASE_URL = api + "/"
    writer = chatpywork.room.Room(room, token)
    reader = pychatwork.ChatworkClient(token)

    print("empty room:", reader.get_messages(int(room), force=True))

    response = writer.send_message("来客です 𠮷", to={"3128407": "佐藤 花子"})
    message_id = response.json()["message_id"]
    print("chatpywork posts:", response.status_code, type(message_id).__name__, len(message_id))

    messages = reader.get_messages(int(room), force=True)
    print("pychatwork reads:", len(messages), ascii(messages[0]["body"]))
    print("the same message:", messages[0]["message_id"] == message_id)
    print("nothing new:", reader.get_messages(int(room)))

    try:
        reader.post_messages("in the query", int(room))
        print("pychatwork posts: accepted")
    except Exception as error:  # pychatwork raises nothing more specific
        print("pychatwork posts:", error)

    stranger = chatpywork.room.Room(room, "0" * 32)
    response = stranger.send_message("x")
    print("wrong token:", response.status_code, response.json())


if __name__ == "__main__":
    main(*sys.argv[1:])
