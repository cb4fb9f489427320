using Refit;

namespace ChatPS.Bench.Baseline;

internal interface IBareChatApi
{
    [Post("/chat/completions")]
    Task<Response> CreateAsync([Body] Request request);
}
