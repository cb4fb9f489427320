BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatModel' {
    BeforeEach {
        Connect-TestSandbox @{ Model = 'alpha-1', 'alpha-2', 'beta/3', 'gamma:4' }
    }

    It 'lists all models' {
        $models = Get-ChatModel
        $models.Id | Should -BeExactly 'alpha-1', 'alpha-2', 'beta/3', 'gamma:4'
        $models[0] | Should -BeOfType ChatPS.ChatModel
        $models[0].OwnedBy | Should -Be 'sandbox'
        $models[0].Connection | Should -Be 'Test'
        ($models[0].Raw | ConvertFrom-Json).object | Should -Be 'model'
        "$($models[0])" | Should -BeExactly 'alpha-1'
    }

    It 'gives the time of creation in UTC' {
        $created = (Get-ChatModel alpha-1).Created
        $created | Should -BeOfType datetimeoffset
        $created.Offset | Should -Be ([timespan]::Zero)
        $created.ToUnixTimeSeconds() | Should -Be 1700000000
    }

    It 'fetches one model by its exact id' {
        (Get-ChatModel -Id alpha-2).Id | Should -BeExactly 'alpha-2'
        (Get-TestRequest).Path | Should -Be '/v1/models/alpha-2'
    }

    It 'finds ids that hold a slash or a colon' {
        (Get-ChatModel 'beta/3').Id | Should -BeExactly 'beta/3'
        (Get-ChatModel 'gamma:4').Id | Should -BeExactly 'gamma:4'
    }

    It 'filters by wildcard, whatever the case' {
        (Get-ChatModel ALPHA-*).Id | Should -Be 'alpha-1', 'alpha-2'
        (Get-ChatModel '*[34]').Id | Should -Be 'beta/3', 'gamma:4'
        Get-ChatModel none* | Should -BeNullOrEmpty
    }

    It 'takes several ids' {
        (Get-ChatModel gamma*, alpha-1).Id | Should -Be 'gamma:4', 'alpha-1'
    }

    It 'takes ids from the pipeline' {
        ('alpha-1', 'beta/3' | Get-ChatModel).Id | Should -Be 'alpha-1', 'beta/3'
    }

    It 'takes ids by property name, as Id and as Model' {
        ([pscustomobject]@{ Id = 'alpha-1' } | Get-ChatModel).Id | Should -Be 'alpha-1'
        ([pscustomobject]@{ Model = 'alpha-2' } | Get-ChatModel).Id | Should -Be 'alpha-2'
        (Get-ChatModel alpha-* | Get-ChatModel).Id | Should -Be 'alpha-1', 'alpha-2'
    }

    It 'reports an unknown id, and goes on' {
        $models = 'alpha-1', 'nothing', 'alpha-2' | Get-ChatModel -ErrorAction SilentlyContinue -ErrorVariable failure
        $models.Id | Should -Be 'alpha-1', 'alpha-2'
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].TargetObject | Should -Be 'nothing'
    }

    It 'refuses a pattern that is none' {
        foreach ($script in { Get-ChatModel '[' }, { Get-ChatConnection '[' }, { Disconnect-ChatService '[' }, { Get-ChatSandboxRequest '[' }, { Stop-ChatSandbox '[' }) {
            @(Get-Failure $script).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*' -Because $script
        }
    }

    It 'lists on the connection that is named' {
        $other = Start-ChatSandbox Other -Model 'other-model'
        Connect-ChatService $other.BaseUri -Name Other
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test
        (Get-ChatModel -Connection Other).Id | Should -Be 'other-model'
        (Get-ChatModel *-1).Id | Should -Be 'alpha-1'
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'sends the hatches' {
        $null = Get-ChatModel -AdditionalHeader @{ 'X-Vendor' = 'yes' } -AdditionalQuery @{ limit = 3 }
        $request = Get-TestRequest
        $request.Headers['X-Vendor'] | Should -Be 'yes'
        $request.Query | Should -Be 'limit=3'
        $request.Method | Should -Be 'GET'
        $request.Body | Should -BeExactly ''
    }

    It 'reads the lists of <What>' -ForEach @(
        @{ What = 'Ollama and others without a time'; Json = '{"object":"list","data":[{"id":"a","object":"model","created":0,"owned_by":"library"},{"id":"b"}]}'; Id = 'a', 'b' }
        @{ What = 'servers that send a bare array'; Json = '[{"id":"a"},{"id":"b"}]'; Id = 'a', 'b' }
        @{ What = 'gateways with permissions'; Json = '{"object":"list","data":[{"id":"a","created":1626777600,"permission":[{"id":"p"}],"root":"a","parent":null}]}'; Id = 'a' }
    ) {
        Connect-TestSandbox @{ Response = @{ Path = '/v1/models'; Response = $Json } }
        (Get-ChatModel).Id | Should -Be $Id
    }

    It 'tells the end, the replacement, the limits and the abilities of a model' {
        Connect-TestSandbox @{ Model = 'sandbox-mini', 'sandbox-retiring', 'sandbox-retired' } @{ Dialect = 'Anthropic' }
        $models = Get-ChatModel
        $models.Id | Should -Be 'sandbox-mini', 'sandbox-retiring'
        $models[0].RetiresAt | Should -BeNullOrEmpty
        $models[0].Lifecycle | Should -Be 'active'
        $models[0].MaxInputTokens | Should -Be 200000
        $models[0].MaxOutputTokens | Should -Be 64000
        $models[0].Capabilities | Should -Contain 'thinking.adaptive'
        $models[1].RetiresAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddDays(8))
        $models[1].RetiresAt.Offset | Should -Be ([timespan]::Zero)
        (Get-ChatModel -AdditionalQuery @{ lifecycle = 'retired' }).Id | Should -Be 'sandbox-retired'
        Connect-TestSandbox @{ Model = 'sandbox-mini', 'sandbox-retiring' }
        (Get-ChatModel sandbox-retiring).Replacement | Should -Be 'sandbox-mini'
    }
}
