namespace Refit.Generator;

/// <summary>Writes the class that implements an interface.</summary>
internal static class ClassEmitter
{
    public static string Emit(InterfaceModel model)
    {
        SourceWriter writer = new();
        StaticFields fields = new();
        List<MethodEmitter> methods = [.. model.Methods.Select((method, index) => new MethodEmitter(method, $"Method{index}", fields))];

        writer.Line(Code.Header);
        writer.Open("namespace Refit.Implementation");
        writer.Line(Code.GeneratedCode);
        writer.Line("[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]");
        writer.Line("[global::System.Diagnostics.DebuggerNonUserCode]");
        writer.Open($"internal sealed class {model.ClassName} : {model.TypeName}");
        methods.ForEach(method => method.EmitField(writer));

        SourceWriter bodies = new(depth: 2);
        methods.ForEach(method => method.Emit(bodies));
        fields.Emit(writer);

        writer.Line("private readonly global::Refit.RestClient _client;");
        writer.Line();
        writer.Open($"public {model.ClassName}(global::System.Net.Http.HttpClient client, global::Refit.RefitSettings settings)");
        writer.Line($"_client = new global::Refit.RestClient(typeof({model.TypeName}), client, settings);");
        writer.Close();
        writer.Append(bodies);
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
