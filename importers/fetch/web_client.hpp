#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// What a server answered, whatever it answered.
struct WebAnswer {
    int status = 0;                                     ///< 200, 404, 429 …
    std::string body;                                   ///< unpacked
    std::string content_type;                           ///< as told, or empty
    std::optional<std::chrono::seconds> retry_after{};  ///< how long the server asks to be left alone
};

/// Asks an address for what is there; a WebClient, or in tests a function.
using GetPage = std::function<Result<WebAnswer>(std::string const& address)>;

struct WebOptions {
    std::string contact{};  ///< an address of whoever asks, for the User-Agent: mail or web; or empty
    std::size_t most_bytes = std::size_t{32} << 20;  ///< of one answer, unpacked
    std::chrono::seconds most_time_to_connect{10};
    std::chrono::seconds most_time{60};
    int most_redirects = 3;
    std::function<bool()> give_up{};  ///< asked a few times a second while an answer is awaited; may be empty
};

/// Whether Riskbild would ask there: `https://`, and `http://` only on this computer (127.0.0.1); no name and
/// password in it. \return ErrorCode::wrong_use saying what is wrong with it
Result<void> check_address(std::string const& address);

/// Whether the address is of this computer, 127.0.0.1.
[[nodiscard]] bool is_of_this_computer(std::string const& address);

/// Whether an address of numbers, `192.0.2.1` or `2001:db8::1`, is of the open net: not of this computer, nor
/// of a network that only those within can reach. Anything else is not.
[[nodiscard]] bool is_of_open_net(std::string_view numbers);

/// The address without what stands behind `?` or `#`, where keys may be: for messages.
[[nodiscard]] std::string without_query(std::string_view address);

/// Text as a part of an address, everything but letters, digits and `-._~` as `%C3%A4`.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// `Riskbild/0.1.0 (+mailto:…)`
[[nodiscard]] std::string user_agent(std::string const& contact);

/// Asks servers, one at a time, as a polite program: under its own name, over HTTPS with the certificate
/// checked, within limits of time and size. The only place that talks to other computers.
///
///     auto client = WebClient::make({.contact = "mailto:analys@example.se"});
///     auto const answer = client->get("https://polisen.se/api/events");
class WebClient {
public:
    /// \return ErrorCode::wrong_use for a contact that cannot stand in a header
    static Result<WebClient> make(WebOptions options);
    WebClient(WebClient&&) noexcept;
    WebClient& operator=(WebClient&&) noexcept;
    ~WebClient();

    /// Any status is an answer; redirects are followed, never from HTTPS to HTTP, and to another host only in
    /// the open net: by whatever name, not to this computer nor into the network that it stands in. Where a
    /// proxy stands between, that one resolves names, and only addresses of numbers are looked at. \return
    /// ErrorCode::wrong_use for an address that it never asks, ErrorCode::too_large, too_slow, busy (given
    /// up), else unreadable: no connection, no such host, a certificate that does not hold, an answer that is
    /// cut off
    Result<WebAnswer> get(std::string const& address);

private:
    struct State;
    explicit WebClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace riskbild::importers
