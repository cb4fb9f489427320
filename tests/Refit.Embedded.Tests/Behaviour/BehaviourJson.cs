using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit.Behaviour;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(object))]
internal sealed partial class BehaviourJson : JsonSerializerContext;
