using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ProblemDetailsContext : JsonSerializerContext;
