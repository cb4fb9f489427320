using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandboxes;

internal static class SandboxRequests
{
    public static ChatSandboxRequest Describe(SandboxRequest request, string sandbox) => new()
    {
        Number = request.Number,
        Time = request.Time,
        Method = request.Method,
        Path = request.Path,
        Query = request.Query,
        Headers = request.Headers,
        Body = request.Body,
        Model = request.Model,
        Prompt = request.Prompt,
        Stream = request.Stream,
        StatusCode = request.StatusCode,
        Elapsed = request.Elapsed,
        Fault = request.Fault,
        Aborted = request.Aborted,
        Sandbox = sandbox,
    };
}
