#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskbild::server {

/// A request line with its fields may not be longer; addresses are thereby limited too.
inline constexpr std::size_t kMaxHeadBytes = 8192;
inline constexpr std::size_t kMaxHeadFields = 64;

/// The head of one request as it arrived. Views into the bytes it was read from.
struct RequestHead {
    struct Field {
        std::string_view name;
        std::string_view value;
    };
    std::string_view method;
    std::string_view target;  ///< path and query; the authority of an absolute target is cut off
    std::string_view host;
    bool keep_alive = true;
    bool has_body = false;                        ///< announces one by length or by transfer coding
    std::optional<std::uint64_t> content_length;  ///< absent also with a transfer coding
    std::vector<Field> fields;

    /// All values of one field, joined by `, `; empty when absent. \param lower_name in lower case
    [[nodiscard]] std::string value_of(std::string_view lower_name) const;
};

/// What bytes from a connection amount to so far.
struct HeadRead {
    enum class State { incomplete, refused, complete };
    State state = State::incomplete;
    std::size_t consumed = 0;  ///< complete: bytes of this head, its empty line included
    RequestHead head;          ///< complete
    int status = 0;            ///< refused: answer this and close the connection
    std::string message;       ///< refused: a sentence about what is wrong
};

/// Reads the head of the next request, stricter than any proxy in between: where two readers could
/// understand two things (bare CR or LF, two lengths, a length and a transfer coding, a space before
/// the colon, a folded field, no or two hosts), nobody gets an answer but a 400. RFC 9112 and docs of
/// request smuggling are the reasons; Beast's own parser lets several of these pass, so it is not used.
///
/// Refuses a head that can no longer become good before it is complete.
[[nodiscard]] HeadRead read_head(std::string_view bytes);

}  // namespace riskbild::server
