"""Stands in for the optional packages that Rasa 3.6 imports at module level and this project never uses.

Loaded at interpreter start by rasa_slim.pth; see README.md beside this file.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types

STAND_INS = frozenset(
    "tensorflow keras aiogram slack_sdk twilio mattermostwrapper fbmessenger webexteamssdk "
    "rocketchat_API cachecontrol socketio boto3 botocore pymongo structlog_sentry sentry_sdk".split()
)
_ERROR_ENDINGS = ("Error", "Exception", "Failure")


class MissingPackage(RuntimeError):
    """Something tried to use a package that this slim installation leaves out."""

    def __init__(self, name):
        package = name.partition(".")[0]
        super().__init__(f"{name} needs the package {package!r}: pip install {package}")


class _StandInClass(type):
    """A class that may be named, subclassed or used as a decorator, never built."""

    def __getattr__(cls, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__module__}.{cls.__qualname__}.{name}")

    def __call__(cls, *args, **kwargs):
        if issubclass(cls, BaseException):
            return super().__call__(*args, **kwargs)
        if not cls.__dict__.get("_stands_in"):
            raise MissingPackage(f"{cls.__mro__[-2].__module__}.{cls.__name__}")
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]  # @decorator
        if not args:
            return lambda function=None, *_, **__: function  # @decorator(option=…)
        return cls

    def __or__(cls, other):
        return object

    __ror__ = __or__

    def __getitem__(cls, item):
        return cls


def _stand_in(name):
    module, _, qualname = name.partition(".")
    short = qualname.rpartition(".")[2]
    bases = (Exception,) if short.endswith(_ERROR_ENDINGS) else ()
    body = {"_stands_in": True, "__qualname__": qualname, "__module__": module}
    return _StandInClass(short, bases, body)


class _StandInModule(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = sys.modules.get(f"{self.__name__}.{name}") or _stand_in(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class _Loader(importlib.abc.Loader):
    def create_module(self, spec):
        module = _StandInModule(spec.name)
        module.__path__ = []
        module.__version__ = "0.0.0"
        return module

    def exec_module(self, module):
        parent, _, child = module.__name__.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)


class _MissingPackages(_Loader, importlib.abc.MetaPathFinder):
    """Comes last: finds what nobody else found."""

    def find_spec(self, fullname, path=None, target=None):
        root, _, rest = fullname.partition(".")
        if root not in STAND_INS:
            return None
        if rest and not isinstance(sys.modules.get(root), _StandInModule):
            return None  # a real package without that submodule must say so itself
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)


class _LeftOut(_Loader, importlib.abc.MetaPathFinder):
    """Comes first: finds modules that are there and that this process does without, and what is in them."""

    def __init__(self, names):
        self._names = names
        self._inside = tuple(f"{name}." for name in names)

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self._names and not fullname.startswith(self._inside):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)


def leave_out(*names):
    """From now on this process imports stand-ins instead of these modules; call it before Rasa is imported."""
    sys.meta_path.insert(0, _LeftOut(names))


def has_tensorflow():
    """Whether the real TensorFlow is installed."""
    spec = importlib.util.find_spec("tensorflow")
    return spec is not None and not isinstance(spec.loader, _Loader)


sys.meta_path.append(_MissingPackages())
