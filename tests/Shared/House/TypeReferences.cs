using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ChatPS.Tests.House;

/// <summary>Which types of an assembly refer to which others of it, read from its metadata and its code. A nested type counts as the one it stands in.</summary>
internal sealed class TypeReferences
{
    private static readonly Dictionary<int, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private readonly Dictionary<string, HashSet<string>> _references = new(StringComparer.Ordinal);

    private TypeReferences(PEReader file)
    {
        MetadataReader metadata = file.GetMetadataReader();
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            if (Name(metadata, handle) is { } from)
            {
                Reader reader = new(metadata, file);
                reader.ReadType(handle);
                HashSet<string> all = _references.TryGetValue(from, out HashSet<string>? known) ? known : _references[from] = new(StringComparer.Ordinal);
                all.UnionWith(reader.Found.Select(found => Name(metadata, found)).OfType<string>().Where(to => to != from));
            }
        }
    }

    public IReadOnlyCollection<string> Types => _references.Keys;

    public IReadOnlyCollection<(string From, string To)> All => [.. _references.SelectMany(pair => pair.Value.Select(to => (pair.Key, to)))];

    public static TypeReferences Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return new TypeReferences(file);
    }

    /// <summary>Finds the groups of types that all reach each other (Tarjan).</summary>
    /// <returns>The groups of two and more.</returns>
    public IReadOnlyList<IReadOnlyList<string>> Circles()
    {
        Dictionary<string, int> order = new(StringComparer.Ordinal), lowest = new(StringComparer.Ordinal);
        Stack<string> path = new();
        HashSet<string> onPath = new(StringComparer.Ordinal);
        List<IReadOnlyList<string>> circles = [];

        void Visit(string type)
        {
            order[type] = lowest[type] = order.Count;
            path.Push(type);
            onPath.Add(type);
            foreach (string next in _references[type])
            {
                if (!order.TryGetValue(next, out int place))
                {
                    Visit(next);
                    lowest[type] = Math.Min(lowest[type], lowest[next]);
                }
                else if (onPath.Contains(next))
                {
                    lowest[type] = Math.Min(lowest[type], place);
                }
            }

            if (lowest[type] != order[type])
            {
                return;
            }

            List<string> circle = [];
            string last;
            do
            {
                last = path.Pop();
                onPath.Remove(last);
                circle.Add(last);
            }
            while (last != type);
            if (circle.Count > 1)
            {
                circles.Add(circle);
            }
        }

        foreach (string type in _references.Keys.Where(type => !order.ContainsKey(type)))
        {
            Visit(type);
        }

        return circles;
    }

    // What the compiler makes for itself has no namespace.
    private static string? Name(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer)
        {
            type = metadata.GetTypeDefinition(outer);
        }

        string space = metadata.GetString(type.Namespace);
        return space == "ChatPS" || space.StartsWith("ChatPS.", StringComparison.Ordinal) ? $"{space}.{metadata.GetString(type.Name)}" : null;
    }

    /// <summary>Collects what one type names: in its head, its members, and their code.</summary>
    private sealed class Reader(MetadataReader metadata, PEReader file) : ISignatureTypeProvider<object?, object?>
    {
        public HashSet<TypeDefinitionHandle> Found { get; } = [];

        public void ReadType(TypeDefinitionHandle handle)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            Add(type.BaseType);
            foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            {
                Add(metadata.GetInterfaceImplementation(implemented).Interface);
            }

            AddConstraints(type.GetGenericParameters());
            AddAttributes(type.GetCustomAttributes());
            foreach (FieldDefinitionHandle field in type.GetFields())
            {
                metadata.GetFieldDefinition(field).DecodeSignature(this, null);
            }

            foreach (MethodDefinitionHandle method in type.GetMethods())
            {
                ReadMethod(metadata.GetMethodDefinition(method));
            }
        }

        private void ReadMethod(MethodDefinition method)
        {
            method.DecodeSignature(this, null);
            AddConstraints(method.GetGenericParameters());
            AddAttributes(method.GetCustomAttributes());
            if (method.RelativeVirtualAddress == 0)
            {
                return;
            }

            MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
            {
                metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null);
            }

            ReadCode(body.GetILReader());
        }

        private void ReadCode(BlobReader code)
        {
            while (code.RemainingBytes > 0)
            {
                int value = code.ReadByte();
                OpCode operation = OpCodes[value == 0xFE ? (value << 8) | code.ReadByte() : value];
                switch (operation.OperandType)
                {
                    case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                        Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                        break;
                    case OperandType.InlineSwitch:
                        int targets = code.ReadInt32();
                        code.Offset += targets * sizeof(int);
                        break;
                    case OperandType.InlineI8 or OperandType.InlineR:
                        code.Offset += sizeof(long);
                        break;
                    case OperandType.InlineVar:
                        code.Offset += sizeof(short);
                        break;
                    case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                        code.Offset += sizeof(byte);
                        break;
                    case OperandType.InlineNone:
                        break;
                    default:
                        code.Offset += sizeof(int);
                        break;
                }
            }
        }

        private void Add(EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition when !handle.IsNil:
                    Found.Add((TypeDefinitionHandle)handle);
                    break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    Found.Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Found.Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                    Add(member.Parent);
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(method.Method);
                    method.DecodeSignature(this, null);
                    break;
            }
        }

        private void AddConstraints(GenericParameterHandleCollection parameters)
        {
            foreach (GenericParameterHandle parameter in parameters)
            {
                foreach (GenericParameterConstraintHandle constraint in metadata.GetGenericParameter(parameter).GetConstraints())
                {
                    Add(metadata.GetGenericParameterConstraint(constraint).Type);
                }
            }
        }

        private void AddAttributes(CustomAttributeHandleCollection attributes)
        {
            foreach (CustomAttributeHandle attribute in attributes)
            {
                Add(metadata.GetCustomAttribute(attribute).Constructor);
            }
        }

        object? ISignatureTypeProvider<object?, object?>.GetFunctionPointerType(MethodSignature<object?> signature) => null;

        object? ISignatureTypeProvider<object?, object?>.GetGenericMethodParameter(object? genericContext, int index) => null;

        object? ISignatureTypeProvider<object?, object?>.GetGenericTypeParameter(object? genericContext, int index) => null;

        object? ISignatureTypeProvider<object?, object?>.GetModifiedType(object? modifier, object? unmodifiedType, bool isRequired) => null;

        object? ISignatureTypeProvider<object?, object?>.GetPinnedType(object? elementType) => null;

        object? ISignatureTypeProvider<object?, object?>.GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        object? ISimpleTypeProvider<object?>.GetPrimitiveType(PrimitiveTypeCode typeCode) => null;

        object? ISimpleTypeProvider<object?>.GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Found.Add(handle);
            return null;
        }

        object? ISimpleTypeProvider<object?>.GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => null;

        object? IConstructedTypeProvider<object?>.GetArrayType(object? elementType, ArrayShape shape) => null;

        object? IConstructedTypeProvider<object?>.GetByReferenceType(object? elementType) => null;

        object? IConstructedTypeProvider<object?>.GetGenericInstantiation(object? genericType, ImmutableArray<object?> typeArguments) => null;

        object? IConstructedTypeProvider<object?>.GetPointerType(object? elementType) => null;

        object? ISZArrayTypeProvider<object?>.GetSZArrayType(object? elementType) => null;
    }
}
