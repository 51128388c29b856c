#include "importers/fetch/web_client.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <span>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <curl/curl.h>
#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::string_view kThisComputer = "127.0.0.1";

struct ParsedAddress {
    std::string scheme, host;
    bool has_user = false;
};

std::string part_of(CURLU* url, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK)
        return {};
    std::string copy{text};
    curl_free(text);
    return copy;
}

std::optional<ParsedAddress> parse_address(std::string const& address)
{
    std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> const url{curl_url(), &curl_url_cleanup};
    if (!url ||
        curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return std::nullopt;
    return ParsedAddress{.scheme = part_of(url.get(), CURLUPART_SCHEME),
                         .host = part_of(url.get(), CURLUPART_HOST),
                         .has_user = !part_of(url.get(), CURLUPART_USER).empty() ||
                                     !part_of(url.get(), CURLUPART_PASSWORD).empty()};
}

using Bytes = std::span<unsigned char const>;

bool begins_with(Bytes address, std::initializer_list<unsigned char> beginning)
{
    return std::equal(beginning.begin(), beginning.end(), address.begin());
}

// The networks of RFC 6890 that are not reached from everywhere.
bool is_open_v4(Bytes a)
{
    constexpr unsigned char kMulticast = 224;
    auto const is_shared = a[0] == 100 && (a[1] & 0xc0) == 64;
    auto const is_benchmark = a[0] == 198 && (a[1] & 0xfe) == 18;
    return a[0] != 0 && a[0] != 10 && a[0] != 127 && !is_shared && !begins_with(a, {169, 254}) &&
           !(a[0] == 172 && (a[1] & 0xf0) == 16) && !begins_with(a, {192, 168}) &&
           !begins_with(a, {192, 0, 0}) && !is_benchmark && a[0] < kMulticast;
}

// What is sent on to an address of version 4 is judged by that one.
bool is_open_v6(Bytes a)
{
    auto const is_zero = [&](std::size_t bytes) {
        return std::ranges::all_of(a.first(bytes), [](unsigned char byte) { return byte == 0; });
    };
    if (is_zero(12) || (is_zero(10) && a[10] == 0xff && a[11] == 0xff) ||
        begins_with(a, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_open_v4(a.subspan(12));
    if (begins_with(a, {0x20, 0x02}))
        return is_open_v4(a.subspan(2, 4));
    return (a[0] & 0xe0) == 0x20;  // all that is given to the open net so far
}

bool is_open(sockaddr const& address)
{
    std::array<unsigned char, 16> bytes{};
    if (address.sa_family == AF_INET) {
        std::memcpy(bytes.data(), &reinterpret_cast<sockaddr_in const&>(address).sin_addr, 4);
        return is_open_v4(bytes);
    }
    if (address.sa_family != AF_INET6)
        return false;
    std::memcpy(bytes.data(), &reinterpret_cast<sockaddr_in6 const&>(address).sin6_addr, bytes.size());
    return is_open_v6(bytes);
}

// Nothing for what is no address of numbers.
std::optional<bool> is_open_as_numbers(std::string const& text)
{
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
        return is_open_v4(bytes);
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1)
        return is_open_v6(bytes);
    return std::nullopt;
}

// By its name alone: numbers of another net, or this computer.
bool is_named_within(std::string host)
{
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    host = lower_case(host.substr(0, host.find('%')));
    if (host.ends_with('.'))
        host.pop_back();
    if (auto const is_open = is_open_as_numbers(host))
        return !*is_open;
    return host == "localhost" || host.ends_with(".localhost");
}

bool has_proxy()
{
    return std::ranges::any_of(std::array{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"},
                               [](char const* name) {
                                   auto const* const value = std::getenv(name);
                                   return value != nullptr && *value != '\0';
                               });
}

// What is being received, and when it is enough.
struct Receiving {
    WebAnswer answer;
    bool only_open_net = false;
    bool is_within = false;  // that is where the name led
    std::size_t most_bytes = 0;
    bool is_too_large = false;
    std::function<bool()> const* give_up = nullptr;
    bool is_given_up = false;
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* user)
{
    auto& receiving = *static_cast<Receiving*>(user);
    if (receiving.answer.body.size() + count > receiving.most_bytes) {
        receiving.is_too_large = true;
        return 0;
    }
    receiving.answer.body.append(bytes, count);
    return count;
}

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address)
{
    auto& receiving = *static_cast<Receiving*>(user);
    if (receiving.only_open_net && !is_open(address->addr)) {
        receiving.is_within = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int tell_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    auto& receiving = *static_cast<Receiving*>(user);
    receiving.is_given_up = *receiving.give_up && (*receiving.give_up)();
    return receiving.is_given_up ? 1 : 0;
}

Error error_of(CURLcode code, char const* detail, std::string const& address, Receiving const& receiving,
               WebOptions const& options)
{
    auto const where = without_query(address);
    if (receiving.is_within)
        return {ErrorCode::unreadable,
                fmt::format(
                    "{}, where a redirect leads, is on this computer or in its own network, where nothing "
                    "is asked",
                    where)};
    if (receiving.is_too_large)
        return {ErrorCode::too_large,
                fmt::format("the answer of {} is larger than {} MB", where, options.most_bytes >> 20)};
    if (receiving.is_given_up)
        return {ErrorCode::busy, fmt::format("the request to {} was given up", where)};
    if (code == CURLE_OPERATION_TIMEDOUT)
        return {ErrorCode::too_slow,
                fmt::format("{} did not answer within {} s", where, options.most_time.count())};
    auto const* const reason = *detail != '\0' ? detail : curl_easy_strerror(code);
    return {ErrorCode::unreadable, fmt::format("{} cannot be asked: {}", where, trimmed(reason))};
}

}  // namespace

struct WebClient::State {
    WebOptions options;
    std::string agent;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl{nullptr, &curl_easy_cleanup};

    // One request, no redirect followed. Where one led away goes by the proxy where there is one, also where
    // the environment exempts it (no_proxy): what it exempts are the names of a net of one's own.
    Result<WebAnswer> ask(std::string const& address, bool is_led_away, std::string& redirect)
    {
        auto const by_proxy = is_led_away && has_proxy();
        auto const only_open_net = is_led_away && !by_proxy;
        Receiving receiving{.answer = {},
                            .only_open_net = only_open_net,
                            .most_bytes = options.most_bytes,
                            .give_up = &options.give_up};
        char detail[CURL_ERROR_SIZE] = {};
        auto* const handle = curl.get();
        curl_easy_reset(handle);
        curl_easy_setopt(handle, CURLOPT_URL, address.c_str());
        auto const is_here = is_of_this_computer(address);
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, is_here ? "http,https" : "https");
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
        // Others are asked by way of the proxy that the environment names (https_proxy), where it does.
        if (is_here)
            curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
        else if (by_proxy)
            curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
        curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        curl_easy_setopt(handle, CURLOPT_USERAGENT, agent.c_str());
        curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT,
                         static_cast<long>(options.most_time_to_connect.count()));
        curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(options.most_time.count()));
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take_body);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &receiving);
        curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
        curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &receiving);
        // A connection that was opened for another address would not be looked at.
        curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, only_open_net ? 1L : 0L);
        curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &tell_progress);
        curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &receiving);
        if (auto const code = curl_easy_perform(handle); code != CURLE_OK)
            return Failure{error_of(code, detail, address, receiving, options)};
        return answer_of(handle, std::move(receiving.answer), redirect);
    }

    static WebAnswer answer_of(CURL* handle, WebAnswer answer, std::string& redirect)
    {
        long status = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        answer.status = static_cast<int>(status);
        char const* text = nullptr;
        if (curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text != nullptr)
            answer.content_type = text;
        curl_off_t wait = 0;  // of seconds or a date, either way in seconds
        if (curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
            answer.retry_after = std::chrono::seconds{wait};
        text = nullptr;
        redirect.clear();
        if (curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &text) == CURLE_OK && text != nullptr)
            redirect = text;
        return answer;
    }
};

std::string without_query(std::string_view address)
{
    return shortened(address.substr(0, address.find_first_of("?#")));
}

Result<void> check_address(std::string const& address)
{
    auto const wrong = [&](char const* what) {
        return fail(ErrorCode::wrong_use, fmt::format("the address \"{}\" {}", without_query(address), what),
                    "url");
    };
    // libcurl reads an address no farther than its first NUL, and takes `https:/host` for one.
    auto const is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
    auto const is_plain = std::ranges::none_of(address, is_blank);
    auto const parsed = is_plain ? parse_address(address) : std::nullopt;
    if (!parsed || parsed->host.empty() || address.find("://") == std::string::npos ||
        address.find("://") != address.find(':'))
        return wrong("cannot be understood, expected such as https://polisen.se/api/events");
    if (parsed->has_user) {
        // The name and password themselves are not repeated.
        return fail(ErrorCode::wrong_use,
                    fmt::format("the address of {} holds a name or password, expected neither", parsed->host),
                    "url");
    }
    if (parsed->scheme == "https" || (parsed->scheme == "http" && parsed->host == kThisComputer))
        return {};
    return wrong("is not asked: expected https://, or http:// of 127.0.0.1");
}

bool is_of_open_net(std::string_view numbers)
{
    return is_open_as_numbers(std::string{numbers}).value_or(false);
}

bool is_of_this_computer(std::string const& address)
{
    auto const parsed = parse_address(address);
    return parsed && parsed->host == kThisComputer;
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view kPlain = "-._~";
    std::string encoded;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        auto const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              kPlain.find(c) != std::string_view::npos;
        encoded += is_plain ? std::string{c} : fmt::format("%{:02X}", byte);
    }
    return encoded;
}

std::string user_agent(std::string const& contact)
{
    return contact.empty() ? "Riskbild/" RISKBILD_VERSION
                           : fmt::format("Riskbild/" RISKBILD_VERSION " (+{})", contact);
}

Result<WebClient> WebClient::make(WebOptions options)
{
    auto const is_plain = [](char c) { return c > ' ' && c < 0x7f && c != '(' && c != ')'; };
    if (!std::ranges::all_of(options.contact, is_plain))
        return fail(
            ErrorCode::wrong_use,
            fmt::format("the contact is \"{}\", expected an address such as mailto:analys@example.se, "
                        "without blanks",
                        shortened(options.contact)),
            "contact");
    // Once for the program; it is never undone, as libraries beside us use libcurl too.
    static auto const started = curl_global_init(CURL_GLOBAL_DEFAULT);
    auto state = std::make_unique<State>();
    state->agent = user_agent(options.contact);
    state->options = std::move(options);
    if (started == CURLE_OK)
        state->curl.reset(curl_easy_init());
    if (!state->curl)
        return fail(ErrorCode::internal, "libcurl cannot be started");
    return WebClient{std::move(state)};
}

WebClient::WebClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
WebClient::WebClient(WebClient&&) noexcept = default;
WebClient& WebClient::operator=(WebClient&&) noexcept = default;
WebClient::~WebClient() = default;

Result<WebAnswer> WebClient::get(std::string const& address)
{
    if (auto const good = check_address(address); !good)
        return Failure{good.error()};
    auto const host = parse_address(address)->host;
    auto is_led_away = false;
    std::string next = address;
    for (int redirects = 0; redirects <= state_->options.most_redirects; ++redirects) {
        std::string redirect;
        auto answer = state_->ask(next, is_led_away, redirect);
        if (!answer || redirect.empty())
            return answer;
        auto const good = check_address(redirect);
        auto const to = parse_address(redirect).value_or(ParsedAddress{}).host;
        is_led_away = to != host;
        if (!good || (is_led_away && is_named_within(to)))
            return fail(ErrorCode::unreadable, fmt::format("{} leads on to {}, where nothing is asked",
                                                           without_query(next), without_query(redirect)));
        next = std::move(redirect);
    }
    return fail(ErrorCode::unreadable, fmt::format("{} leads on more than {} times", without_query(address),
                                                   state_->options.most_redirects));
}

}  // namespace riskbild::importers
