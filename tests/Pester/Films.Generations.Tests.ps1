BeforeAll {
    . $PSScriptRoot/common.ps1
    $picture = (New-TestFile (Join-Path $TestDrive 'one.png') png).FullName
}

AfterAll {
    Clear-Test
}

Describe 'Films' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'go from the prompt to the file: <Service> <Form>' -ForEach @(
        @{ Service = 'Video'; Form = 'NewApi'; Path = '/v1/video/generations' }
        @{ Service = 'Video'; Form = 'Create'; Path = '/v1/video/create' }
        @{ Service = 'OpenAIVideo'; Form = $null; Path = '/v1/videos' }
        @{ Service = 'Kling'; Form = 'Gateway'; Path = '/kling/v1/videos/text2video' }
        @{ Service = 'Kling'; Form = 'Vendor'; Path = '/v1/videos/text2video' }
        @{ Service = 'Hailuo'; Form = 'Gateway'; Path = '/minimax/v1/video_generation' }
        @{ Service = 'Hailuo'; Form = 'V2'; Path = '/v2/video_generation' }
        @{ Service = 'Veo'; Form = $null; Path = '/v1beta/models/sandbox-film:predictLongRunning' }
        @{ Service = 'Vidu'; Form = 'Vendor'; Path = '/ent/v2/text2video' }
        @{ Service = 'Seedance'; Form = 'Gateway'; Path = '/volc/v1/contents/generations/tasks' }
        @{ Service = 'Jimeng'; Form = 'Gateway'; Path = '/jimeng/' }
    ) {
        $own = if ($Form) { @{ Form = $Form } } else { @{} }
        $films = 'a fox', 'a hen' | Start-ChatGeneration -Service $Service -Model sandbox-film -Duration 5 @own | Wait-ChatGeneration | Receive-ChatGeneration $folder
        $films.Kind | Should -Be 'video', 'video'
        Split-Path $films.Path -Leaf | Should -Be '0001.mp4', '0002.mp4'
        $films.Path | Should -Exist
        $films.Input | Should -Be 'a fox', 'a hen'
        (Get-TestRequest)[0].Path | Should -Be $Path
    }

    It 'begin with pictures that are piped in: <_>' -ForEach 'Video', 'OpenAIVideo', 'Kling', 'Hailuo', 'Veo', 'Vidu', 'Seedance', 'Jimeng' {
        $tasks = $picture, (Get-Item $picture) | Start-ChatGeneration 'it moves' -Service $_ -Action Animate -Model sandbox-film
        $tasks.Action | Should -Be 'Animate', 'Animate'
        $tasks.Prompt | Should -Be 'it moves', 'it moves'
        ($tasks | Wait-ChatGeneration).Status | Should -Be 'Succeeded', 'Succeeded'
    }

    It 'are made again by a remix' {
        $again = 'a fox' | Start-ChatGeneration -Service OpenAIVideo -Model sandbox-sora | Wait-ChatGeneration | Invoke-ChatGenerationAction -Action Remix -Prompt 'at night'
        $again.Action | Should -Be 'Remix'
        $film = $again | Wait-ChatGeneration
        $film.Result[0].Url | Should -BeLike "*/v1/videos/$($again.Id)/content"
        (Receive-ChatGeneration $folder -InputObject $film).Path | Should -Exist
    }

    It 'are stopped where the service can' {
        ('a [slow] fox' | Start-ChatGeneration -Service Seedance -Form Vendor -Model sandbox-film | Stop-ChatGeneration -Confirm:$false -PassThru -ErrorAction Stop).Status | Should -Be 'Cancelled'
    }

    It 'need a model, and a first picture for a last one' {
        (Get-Failure { Start-ChatGeneration 'a fox' -Service Video }).Exception.Message | Should -BeLike '*-Model*'
        Get-Advice (Get-Failure { Start-ChatGeneration 'a fox' -Service Vidu -Model sandbox-film -EndImage $picture }) | Should -BeLike '*-Image*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'are refused in the words of the service: <_>' -ForEach 'Video', 'OpenAIVideo', 'Kling', 'Hailuo', 'Veo', 'Vidu', 'Seedance', 'Jimeng' {
        $tasks = 'a fox', 'a [refuse] hen', 'a cow' | Start-ChatGeneration -Service $_ -Model sandbox-film -ErrorAction SilentlyContinue -ErrorVariable failure
        $tasks.Input | Should -Be 'a fox', 'a cow'
        $failure.TargetObject | Should -Be 'a [refuse] hen'
    }
}
