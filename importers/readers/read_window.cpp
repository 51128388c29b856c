#include "importers/readers/read_window.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include <fmt/format.h>

#include "importers/readers/encoding.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kStep = std::size_t{64} << 10;

}  // namespace

Result<void> ReadWindow::open()
{
    while (view().size() < 4096) {
        auto const got = more();
        if (!got)
            return Failure{got.error()};
        if (!*got)
            break;
    }
    auto head = view().substr(0, 4096);
    auto const& name = source_->name();
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) {
        utf16_ = head.front() == '\xff' ? Utf16::little_endian : Utf16::big_endian;
        raw_ = view().substr(2);
        begin_ = end_ = 0;
        if (auto const got = more(); !got)
            return Failure{got.error()};
        head = view().substr(0, 4096);
    }
    if (head.starts_with("\xef\xbb\xbf"))
        consume(3);
    else if (head.starts_with("PK\x03\x04"))
        return fail(ErrorCode::unreadable, fmt::format("{}: is a spreadsheet or a ZIP archive of several "
                                                       "files, expected text; one of them is {}/NAME",
                                                       name, name));
    else if (head.find('\0') != std::string_view::npos)
        return fail(ErrorCode::unreadable, fmt::format("{}: is binary data, expected text", name));
    return {};
}

Result<bool> ReadWindow::more()
{
    auto const held = end_ - begin_;
    assert(!full());
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, held);
        begin_ = 0;
        end_ = held;
    }
    constexpr std::size_t kSomeCharacters =
        16;  // UTF-16 comes in units: there must be room for one at the limit too
    auto const room = std::min(kRecordLimit, std::max(kStep, held * 2)) + kSomeCharacters;
    if (buffer_.size() < room)
        buffer_.resize(room);
    auto const got = utf16_ == Utf16::no ? source_->read({buffer_.data() + end_, buffer_.size() - end_})
                                         : read_utf16(buffer_.size() - end_);
    if (!got)
        return Failure{got.error()};
    end_ += *got;
    return *got > 0;
}

// Turns UTF-16 into at most `room` bytes of UTF-8 at the buffer's end. Half a pair becomes U+FFFD.
Result<std::size_t> ReadWindow::read_utf16(std::size_t room)
{
    constexpr std::size_t kMostBytesOfTwo =
        3;  // a unit of two bytes makes at most three, a pair of four makes four
    auto const wanted = room / kMostBytesOfTwo * 2;
    auto ended = false;
    while (raw_.size() < wanted && !ended) {
        auto const held = raw_.size();
        raw_.resize(wanted);
        auto const got = source_->read({raw_.data() + held, wanted - held});
        if (!got)
            return Failure{got.error()};
        raw_.resize(held + *got);
        ended = *got == 0;
    }
    std::string text;
    auto const used = append_from_utf16({raw_.data(), std::min(raw_.size(), wanted)},
                                        utf16_ == Utf16::big_endian, ended, text);
    raw_.erase(0, used);
    text.copy(buffer_.data() + end_, text.size());
    return text.size();
}

}  // namespace riskbild::importers
